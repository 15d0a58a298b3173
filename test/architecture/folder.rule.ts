import type { Finding } from '../finding.ts';
import { isTest } from './direction.rule.ts';
import type { Import } from './import.graph.ts';

/** The chassis' folders, each with those it may import. Acyclic by construction: each names only earlier ones. */
const layers: Readonly<Record<string, readonly string[]>> = {
  configuration: [],
  state: [],
  timing: [],
  telemetry: ['configuration'],
  secrets: ['configuration', 'state', 'timing', 'telemetry'],
  database: ['configuration', 'state', 'timing', 'telemetry', 'secrets'],
  health: ['configuration', 'telemetry'],
  http: ['configuration', 'telemetry', 'secrets', 'database', 'health'],
  service: ['configuration', 'timing', 'telemetry', 'secrets', 'database', 'health', 'http'],
};

const sources = 'libs/chassis/src/';
const folderOf = (path: string): string => path.slice(sources.length).split('/')[0] ?? '';

/** Imports between the chassis' folders that go up a layer or past a folder's index.ts. Its specs may look anywhere. */
export function wrongLayers(graph: readonly Import[]): Finding[] {
  return graph.flatMap(({ from, to, line }) => {
    if (!from.startsWith(sources) || !to?.startsWith(sources) || isTest(from)) return [];
    const [source, target] = [folderOf(from), folderOf(to)];
    if (source === target) return [];
    const messages: string[] = [];
    if (!layers[source]?.includes(target)) messages.push(`${source} must not import ${target}`);
    if (to !== `${sources}${target}/index.ts`) messages.push(`${target} is imported past its index.ts`);
    return messages.map((message) => ({ path: from, line, message }));
  });
}
