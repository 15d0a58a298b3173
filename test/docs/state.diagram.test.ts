import * as database from '@secure-backend/chassis/database';
import * as secrets from '@secure-backend/chassis/secrets';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../repository.files.ts';
import { diagramErrors, stateDiagrams, type StateTable } from './state.diagram.ts';

const path = 'ARCHITECTURE.md';
const exported: Record<string, unknown> = { ...database, ...secrets };
const tables = Object.fromEntries(
  Object.entries(exported).filter(([name]) => name.endsWith('Transitions')),
) as Record<string, StateTable>;

describe('the diagrams of state machines', () => {
  const text = readTexts(/^ARCHITECTURE\.md$/).get(path) ?? '';
  const errorsOf = (changed: string) =>
    diagramErrors(path, stateDiagrams(changed), tables).map(({ message }) => message);

  it('show what the code does, each machine once', () => {
    expect(Object.keys(tables).toSorted()).toEqual([
      'generationTransitions',
      'leaseTransitions',
      'readTransitions',
      'tokenTransitions',
    ]);
    expect(diagramErrors(path, stateDiagrams(text), tables)).toEqual([]);
  });

  it.each([
    ['a missing arrow', '  DRAINING --> CLOSED: last unit ended, or drain deadline\n', '', 1],
    ['a state that the code has not', 'REVOKED --> [*]', 'REVOKED --> BURIED', 2],
    ['an arrow that the code has not', 'REVOKED --> [*]\n', 'REVOKED --> [*]\n  CLOSED --> CURRENT\n', 1],
    ['a reversed arrow', 'PREPARING --> CURRENT', 'CURRENT --> PREPARING', 2],
    ['another beginning', '[*] --> PREPARING', '[*] --> CURRENT', 2],
    ['a missing end', '  REVOKED --> [*]\n', '', 1],
    ['an arrow of another kind', 'PREPARING --> CURRENT', 'PREPARING -> CURRENT', 2],
    ['a name that is no table', '%% generationTransitions', '%% generations', 2],
    ['a machine drawn twice', '%% readTransitions', '%% generationTransitions', 12],
  ])('are caught with %s', (_, found, planted, errors) => {
    expect(text).toContain(found);
    expect(errorsOf(text.replace(found, planted))).toHaveLength(errors);
  });

  it('are caught when one is missing', () => {
    const [generation = ''] =
      /```mermaid\nstateDiagram-v2\n {2}%% generationTransitions.*?```/s.exec(text) ?? [];
    expect(errorsOf(text.replace(generation, ''))).toEqual(['generationTransitions has not one diagram']);
  });
});
