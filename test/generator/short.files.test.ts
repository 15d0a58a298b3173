import { describe, expect, it } from 'vitest';
import { longFiles, mustBeShort } from '../architecture/file.rule.ts';
import { readTexts } from '../repository.files.ts';

/** As CONTRIBUTING.md says. */
const longest = 150;

describe('the files of the template', () => {
  it('stay so short that longer names may wrap their lines', () => {
    expect(longFiles(readTexts(mustBeShort), longest)).toEqual([]);
    expect(longFiles(new Map([['a.ts', 'x\n'.repeat(longest + 1)]]), longest)).toHaveLength(1);
  });
});
