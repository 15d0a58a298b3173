import { describe, expect, it } from 'vitest';
import type { PackageFile } from '../workspace.packages.ts';
import { dependencyTableErrors } from './dependency.table.ts';
import { parseMarkdown } from './markdown.text.ts';

const packages: PackageFile[] = [
  {
    folder: '',
    name: 'root',
    scripts: { test: '', start: '', 'test:full': '' },
    dependencies: ['zod', '@types/pg'],
  },
  { folder: 'apps/backend-api', name: 'backend-api', scripts: { build: '' }, dependencies: ['pg', 'root'] },
];

const messagesOf = (findings: readonly { message: string }[]): string[] =>
  findings.map(({ message }) => message);

const check = (...rows: string[]) => {
  const text = [
    '# Layout',
    '| `left-pad` | elsewhere |',
    '## Dependencies',
    '| Package | Why |',
    ...rows,
  ].join('\n');
  return messagesOf(dependencyTableErrors(parseMarkdown('ARCHITECTURE.md', text), packages));
};
const zod = '| `zod` | one schema for everything |';

describe('the table of dependencies', () => {
  it('agrees, also by families', () => {
    expect(check(zod, '| `pg`, `@types/*` | talks to Postgres |')).toEqual([]);
  });

  it('lacks a dependency, holds one that is gone, or gives no reason', () => {
    expect(check(zod, '| `pg` | talks to Postgres |')).toEqual(['no reason is given for @types/pg']);
    expect(check(zod, '| `pg`, `@types/*`, `knex` | talks to Postgres |')).toEqual([
      'knex is no direct dependency',
    ]);
    expect(check(zod, '| `pg`, `@types/*` | |')).toEqual(['pg, @types/* stands without a reason']);
  });
});
