import { describe, expect, it } from 'vitest';
import { completeDraft, defaultsOf, missingCases, sample, smallestDraft } from '../../testing/index.ts';

const fields = 'a b c d e f g h'.split(' ');
const samples = Object.fromEntries(fields.map((field) => [field, sample.oneOf(['1', '2', '3', '4'])]));

describe('drafts out of samples', () => {
  it('are the same each time, and different for different numbers', () => {
    expect(completeDraft(samples, 3)).toEqual(completeDraft(samples, 3));
    expect(completeDraft(samples, 3)).not.toEqual(completeDraft(samples, 4));
  });

  it('vary each two fields independently, so that filters on both find some', () => {
    const drafts = Array.from({ length: 260 }, (_, n) => completeDraft(samples, n));
    for (const one of fields) {
      for (const other of fields.filter((field) => field !== one)) {
        const found = drafts.filter((draft) => draft[one] === '2' && draft[other] === '3');
        expect(found.length, `${one} and ${other}`).toBeGreaterThan(5);
        expect(found.length, `${one} and ${other}`).toBeLessThan(32);
      }
    }
  });

  it('leave out what has a default, and only that', () => {
    const some = {
      a: sample.uuid(),
      b: sample.nullable(sample.date()),
      c: sample.withDefault(false, sample.boolean()),
    };
    expect(Object.keys(smallestDraft(some))).toEqual(['a']);
    expect(defaultsOf(some)).toEqual({ b: null, c: false });
    expect(missingCases(some)).toMatchObject([{ field: 'a', value: undefined }]);
  });
});
