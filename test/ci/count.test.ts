import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../repository.files.ts';

const started = 1_000;
const green = {
  success: true,
  startTime: started * 1000,
  numTotalTests: 3,
  numPassedTests: 3,
  numFailedTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('counting a run', () => {
  let folder: string;
  const write = (path: string, contents: unknown): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), typeof contents === 'string' ? contents : JSON.stringify(contents));
  };
  /** The last line and the exit code. */
  const count = (steps = '4', failures = '0', exitCode = '0'): [string | undefined, number | null] => {
    const script = join(root, '.ci/count.mjs');
    const { stdout, status } = spawnSync(
      process.execPath,
      [script, steps, failures, exitCode, String(started)],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(stdout.endsWith('\n')).toBe(true);
    return [stdout.trimEnd().split('\n').at(-1), status];
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'count-'));
    write('package.json', { workspaces: ['apps/*', 'test'] });
    write('apps/one/package.json', { scripts: { test: 'vitest run' } });
    write('apps/one/reports/vitest.json', green);
    write('apps/untested/package.json', { scripts: {} });
    write('test/package.json', { scripts: { test: 'vitest run' } });
    write('test/reports/vitest.json', green);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('adds steps and tests', () => {
    expect(count()).toEqual(['10 passed, 0 failed', 0]);
  });

  it('fails with a failed step', () => {
    expect(count('3', '1')).toEqual(['9 passed, 1 failed', 1]);
  });

  it.each([
    [
      'a failed test',
      { ...green, success: false, numPassedTests: 2, numFailedTests: 1 },
      '9 passed, 1 failed',
    ],
    ['a skipped test', { ...green, numPassedTests: 2 }, '9 passed, 1 failed'],
    [
      'a file that breaks before its first test',
      { ...green, success: false, testResults: [{ status: 'failed', assertionResults: [] }] },
      '10 passed, 1 failed',
    ],
    ['an error outside of any test', { ...green, success: false }, '10 passed, 1 failed'],
    ['no test at all', { ...green, numTotalTests: 0, numPassedTests: 0 }, '7 passed, 1 failed'],
    ['a report from an earlier run', { ...green, startTime: started * 1000 - 1 }, '7 passed, 1 failed'],
    ['half a report', '{"success": tr', '7 passed, 1 failed'],
    ['an empty report', {}, '7 passed, 1 failed'],
  ])('counts %s as failed', (_, report, line) => {
    write('test/reports/vitest.json', report);
    expect(count()).toEqual([line, 1]);
  });

  it('counts a missing report as failed', () => {
    rmSync(join(folder, 'apps/one/reports'), { recursive: true });
    expect(count()).toEqual(['7 passed, 1 failed', 1]);
  });

  it('believes the exit code of the tests over green reports, but counts a failure once', () => {
    expect(count('4', '0', '1')).toEqual(['10 passed, 1 failed', 1]);
    write('test/reports/vitest.json', { ...green, success: false, numPassedTests: 2, numFailedTests: 1 });
    expect(count('4', '0', '1')).toEqual(['9 passed, 1 failed', 1]);
  });
});
