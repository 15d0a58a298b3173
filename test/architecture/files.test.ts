import { describe, expect, it } from 'vitest';
import { readCode, readTexts } from '../repository.files.ts';
import { longestFile, longFiles, misnamedFiles, mustBeShort, namedRegistries } from './file.rule.ts';

describe('files', () => {
  it('are named noun.role.ts, in lower case', () => {
    expect(misnamedFiles(readCode().keys())).toEqual([]);
  });

  it.each([
    'apps/backend-api/src/work-items/workItem.schema.ts',
    'apps/backend-api/src/helpers.ts',
    'libs/chassis/src/http/Filter.ts',
    'libs/chassis/src/http/problem_filter.ts',
    'docker/src/reName.ts',
  ])('are not named like %s', (path) => {
    expect(misnamedFiles([path])).toHaveLength(1);
  });

  it('stay short', () => {
    expect(longFiles(readTexts(mustBeShort))).toEqual([]);
    expect(longFiles(new Map([['a.ts', 'x\n'.repeat(longestFile)]]))).toEqual([]);
    expect(longFiles(new Map([['a.ts', 'x\n'.repeat(longestFile + 1)]]))).toHaveLength(1);
  });

  it('name no package registry, the lock file neither', () => {
    const texts = readTexts(/^(?!.*\.(?:png|ico|jpg)$)/);
    expect(texts.has('package-lock.json')).toBe(true);
    expect(namedRegistries(texts)).toEqual([]);
  });

  it.each([
    ['package-lock.json', JSON.stringify({ resolved: 'http://localhost:4873/zod.tgz' }, null, 2)],
    ['package-lock.json', `\n${JSON.stringify({ resolved: 'https://localhost:4873/zod.tgz' })}`],
    ['.npmrc', 'save-exact=true\nregistry = http://localhost:4873'],
    ['README.md', `# Install\nfrom https://${['registry', 'npmjs', 'org'].join('.')}/zod`],
  ])('are caught when they do: %s', (path, text) => {
    expect(namedRegistries(new Map([[path, text]]))).toMatchObject([{ line: 2 }]);
  });
});
