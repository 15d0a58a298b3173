import type { Finding } from '../finding.ts';

/** Each state with those that may follow it; the first one is where a life begins. */
export type StateTable = Readonly<Record<string, readonly string[]>>;

interface Line {
  line: number;
  text: string;
}

/** The block of one state machine, with where it begins. */
export interface StateDiagram {
  /** Of the table in code, as the comment in the block says. */
  name: string | undefined;
  line: number;
  arrows: ReadonlySet<string>;
  /** Lines that are neither arrows nor comments. */
  strange: readonly Line[];
}

const arrow = /^(?<from>\[\*\]|\w+) --> (?<to>\[\*\]|\w+)(?:: .+)?$/;
const comment = /^%% (?<name>\w+)$/;

/** Every Mermaid state diagram of a Markdown file. */
export function stateDiagrams(text: string): StateDiagram[] {
  return [...text.matchAll(/^```mermaid\nstateDiagram-v2\n(?<body>.*?)^```$/gms)].map((block) => {
    const begin = text.slice(0, block.index).split('\n').length;
    const lines = (block.groups?.['body'] ?? '').trimEnd().split('\n');
    const pieces = lines.map((content, index) => ({ line: begin + 2 + index, text: content.trim() }));
    const names = pieces.flatMap((piece) => comment.exec(piece.text)?.groups?.['name'] ?? []);
    const arrows = pieces.flatMap((piece) => {
      const { from, to } = arrow.exec(piece.text)?.groups ?? {};
      return from === undefined || to === undefined ? [] : [`${from} --> ${to}`];
    });
    const strange = pieces.filter((piece) => !arrow.test(piece.text) && !comment.test(piece.text));
    return { name: names[0], line: begin, arrows: new Set(arrows), strange };
  });
}

/** What the diagram of a table has to show: its beginning, its transitions, and the ends without followers. */
function arrowsOf(table: StateTable): Set<string> {
  const states = Object.keys(table);
  return new Set([
    ...states.slice(0, 1).map((state) => `[*] --> ${state}`),
    ...states.flatMap((state) => (table[state] ?? []).map((next) => `${state} --> ${next}`)),
    ...states.filter((state) => table[state]?.length === 0).map((state) => `${state} --> [*]`),
  ]);
}

/** Where diagrams and tables of transitions disagree, either way; also tables without a diagram, and the reverse. */
export function diagramErrors(
  path: string,
  diagrams: readonly StateDiagram[],
  tables: Readonly<Record<string, StateTable>>,
): Finding[] {
  const errors = diagrams.flatMap(({ name = 'no name', line, arrows, strange }) => {
    const table = tables[name];
    const wanted = table === undefined ? new Set<string>() : arrowsOf(table);
    const [missing, extra] = [wanted.difference(arrows), arrows.difference(wanted)];
    return [
      ...(table === undefined ? [{ path, line, message: `there is no table ${name}` }] : []),
      ...strange.map((piece) => ({ path, line: piece.line, message: `not understood: ${piece.text}` })),
      ...[...missing].map((found) => ({ path, line, message: `${name} lacks ${found}` })),
      ...[...(table === undefined ? [] : extra)].map((found) => {
        return { path, line, message: `${name} has ${found}, which the code hasn't` };
      }),
    ];
  });
  const drawn = diagrams.map(({ name }) => name);
  const undrawn = Object.keys(tables).filter((name) => drawn.filter((other) => other === name).length !== 1);
  return [...errors, ...undrawn.map((name) => ({ path, line: 1, message: `${name} has not one diagram` }))];
}
