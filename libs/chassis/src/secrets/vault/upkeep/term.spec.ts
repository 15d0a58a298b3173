import { describe, expect, it } from 'vitest';
import { Term } from './term.ts';

const day = 86_400_000;

describe('the term of a grant', () => {
  it('is seen to at two thirds, give or take a tenth, and replaced by four fifths', () => {
    for (let n = 0; n < 1_000; n++) {
      const term = new Term({ seconds: 1_000, isRenewable: true }, 5_000);
      expect(term.nextAt).toBeGreaterThanOrEqual(5_000 + 600_000);
      expect(term.nextAt).toBeLessThanOrEqual(5_000 + 734_000);
      expect(term.replaceAt).toBeGreaterThan(term.nextAt);
      expect(term.replaceAt).toBeLessThanOrEqual(5_000 + 800_000);
      expect(term.expiresAt).toBe(1_005_000);
    }
  });

  it('asks for what there was at first, and tells a truncated renewal', () => {
    const term = new Term({ seconds: 100, isRenewable: true }, 0);

    expect(term.extend({ seconds: 100, isRenewable: true }, 60_000)).toBe('renewed');
    expect(term.extend({ seconds: 55, isRenewable: true }, 120_000)).toBe('truncated');
    expect(term.asked).toBe(100);
    expect(term.isRenewable).toBe(false);
    expect(term.expiresAt).toBe(175_000);
  });

  it('has no end, and nothing to do, when Vault says 0 seconds', () => {
    const term = new Term({ seconds: 0, isRenewable: false }, 0);

    expect([term.nextAt, term.replaceAt, term.expiresAt]).toEqual([Infinity, Infinity, Infinity]);
  });

  it('is not renewed early when it lasts longer than a timer can (TTL of 32 days)', () => {
    const term = new Term({ seconds: (32 * day) / 1_000, isRenewable: true }, 0);

    expect(term.nextAt).toBeGreaterThan(19 * day);
  });

  it('that is very short makes no tries without end', () => {
    const term = new Term({ seconds: 100, isRenewable: true }, 0);
    expect(term.extend({ seconds: 0, isRenewable: true }, 1_000)).toBe('truncated');

    expect(term.expiresAt).toBe(1_001);
    expect(term.nextAt).toBe(1_250);
  });
});
