import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../plan/version.order.ts';
import { changelogBetween } from './changelog.entries.ts';

const changelog = `# Changelog

Everything worth knowing.

## Unreleased

- Not out yet.

## 1.10.0 (2026-12-24)

- Ten: one.
- Ten: two,
  in two lines.

## 1.2.0

Nothing but words.

## [1.1.0] - 2026-11-30

- One.

## 1.0.0

- First.
`;

const versions = (from: string, to: string): string[] =>
  changelogBetween(changelog, from, to).map(({ version }) => version);

describe('the changelog between two versions', () => {
  it('holds what is newer than the one and not newer than the other', () => {
    expect(changelogBetween(changelog, '1.0.0', '1.10.0')).toEqual([
      { version: '1.10.0', entries: ['Ten: one.', 'Ten: two,\n  in two lines.'] },
      { version: '1.1.0', entries: ['One.'] },
    ]);
    expect(versions('1.1.0', '1.10.0')).toEqual(['1.10.0']);
    expect(versions('1.0.0', '1.1.0')).toEqual(['1.1.0']);
    expect(versions('1.10.0', '1.10.0')).toEqual([]);
  });

  it('holds what is unreleased when the newer version has no section yet', () => {
    expect(versions('1.10.0', '1.11.0')).toEqual(['Unreleased']);
  });

  it('is found in the changelog of this repository', () => {
    const own = readFileSync(join(import.meta.dirname, '../../../CHANGELOG.md'), 'utf8');
    expect(
      changelogBetween(own, '0.0.0', '999.0.0').flatMap(({ entries }) => entries).length,
    ).toBeGreaterThan(5);
  });
});

describe('versions', () => {
  it('are in the order of semver.org', () => {
    const ordered = [
      '0.9.0',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.2',
      '1.0.0-alpha.11',
      '1.0.0-rc.1',
    ];
    ordered.push('1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0');
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
    expect(compareVersions('1.0.0+build', 'v1.0.0')).toBe(0);
  });
});
