import { describe, expect, it } from 'vitest';
import { readTexts } from '../repository.files.ts';
import { matrixErrors, matrixRows } from './failure.matrix.ts';

const tests = readTexts(/^(?:apps|libs)\/.*\.(?:spec|test)\.ts$/);

describe('the failure matrix', () => {
  const rows = matrixRows(readTexts(/^docs\/rotation\.md$/).get('docs/rotation.md') ?? '');

  it('has a test for each row, and each test a row', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(matrixErrors(rows, tests)).toEqual([]);
  });

  it('is caught with a row that no test shows, and a test of no row', () => {
    const planted = new Map([
      ['a.test.ts', `\nit('holds (matrix: torn pair)');\nit('holds (matrix: thunder)');`],
    ]);

    expect(matrixErrors(['torn pair', 'lightning'], planted)).toEqual([
      { path: 'docs/rotation.md', line: 1, message: 'no test shows: lightning' },
      { path: 'a.test.ts', line: 3, message: 'no such row: thunder' },
    ]);
  });

  it('is read from its table', () => {
    const text =
      '# A\n\n| x | y |\n\n## Failures\n\n| Fault | Does |\n| ----- | ---- |\n| torn pair | a |\n| b | c |\n';
    expect(matrixRows(text)).toEqual(['torn pair', 'b']);
  });
});
