import type { Finding } from '../finding.ts';
import type { Import } from './import.graph.ts';

/** Import cycles among files, each reported once, by the import that closes it. */
export function findCycles(graph: readonly Import[]): Finding[] {
  const imports = Map.groupBy(graph, ({ from }) => from);
  const finished = new Set<string>();
  const findings: Finding[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    for (const { to, line } of imports.get(path) ?? []) {
      if (to === undefined) continue;
      const start = trail.indexOf(to);
      if (start >= 0) {
        findings.push({ path, line, message: `import cycle: ${[...trail.slice(start), to].join(' → ')}` });
      } else if (!finished.has(to)) {
        visit(to, [...trail, to]);
      }
    }
    finished.add(path);
  };
  for (const path of imports.keys()) if (!finished.has(path)) visit(path, [path]);
  return findings;
}
