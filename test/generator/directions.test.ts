import { describe, expect, it } from 'vitest';
import { wrongDirections } from '../architecture/direction.rule.ts';
import { buildGraph } from '../architecture/import.graph.ts';
import { readPackages } from '../workspace.packages.ts';

const packages = readPackages();
/** What is wrong with the imports of one file that isn't there, as if somebody had written it. */
const wrongIn = (path: string, text: string) =>
  wrongDirections(buildGraph(new Map([[path, text]])), packages);

describe('imports of the generator', () => {
  it.each([
    ['libs/chassis/src/http/a.ts', `import type { Names } from 'generator-secure-backend/rename'`],
    ['apps/backend-api/src/a.ts', `import '../../../generators/rename/index.ts'`],
    ['generators/rename/a.ts', `import '../../test/repository.files.ts'`],
    ['libs/chassis/src/a.ts', `import { truthTablesOf } from '../../../test/tables/index.ts'`],
  ])('in %s, %s is refused', (path, text) => {
    expect(wrongIn(path, text)).toHaveLength(1);
  });

  it('may be of the tables that test judges by, which it writes', () => {
    const text = `import { truthTablesOf } from '../../test/tables/index.ts'`;
    expect(wrongIn('generators/stamp/a.ts', text)).toEqual([]);
  });
});
