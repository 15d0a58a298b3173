/** As wide as prettier makes the rest; it leaves SQL alone. */
const width = 110;

/**
 * A list with commas, broken into lines where it would get too wide.
 * @param indent of the lines after the first, in spaces
 * @param start how far to the right the first begins
 */
export function fill(items: readonly string[], indent: number, start: number): string {
  let column = start;
  return items
    .map((item, index) => {
      const piece = index < items.length - 1 ? `${item},` : item;
      const isFirst = index === 0;
      const fits = column + piece.length + 1 <= width;
      column = fits || isFirst ? column + piece.length + 1 : indent + piece.length;
      return isFirst ? piece : fits ? ` ${piece}` : `\n${' '.repeat(indent)}${piece}`;
    })
    .join('');
}
