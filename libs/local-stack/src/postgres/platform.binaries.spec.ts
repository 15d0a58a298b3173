import { describe, expect, it } from 'vitest';
import { findBinaries, majorOf } from './platform.binaries.ts';

describe('the binaries of a platform', () => {
  it('are found on this machine', async () => {
    expect(majorOf(await findBinaries())).toBe('18');
  });

  it.each([
    ['musl libc', { platform: 'linux', arch: 'x64', musl: true }],
    ['another system', { platform: 'sunos', arch: 'x64', musl: false }],
    ['another processor', { platform: 'linux', arch: 's390x', musl: false }],
  ])('are missing for %s: the error names what to do instead', async (_, machine) => {
    await expect(findBinaries(machine)).rejects.toThrow(
      /no embedded Postgres.*DATABASE_HOST and SECRETS_DIRECTORY/,
    );
  });
});
