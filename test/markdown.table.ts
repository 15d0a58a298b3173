/** A Markdown table of a header and rows, its columns aligned as prettier does it. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths =
    rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return `${[line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map((row) => line(row))].join('\n')}\n`;
}
