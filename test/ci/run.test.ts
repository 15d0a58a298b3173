import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../repository.files.ts';

// Stands in for npm: fails where told to, and leaves a report behind as the tests would.
const npm = `#!/bin/sh
echo "$*" >> ../calls
[ "$1" = test ] && [ ! -e ../silent ] && mkdir -p test/reports && echo "{\\"success\\":true,\\"startTime\\":$(date +%s)999,
  \\"numTotalTests\\":5,\\"numPassedTests\\":5,\\"numFailedTests\\":0,\\"testResults\\":[]}" > test/reports/vitest.json
sh ../misbehave "$*"
`;

describe('.ci/run', () => {
  let folder: string;
  let clone: string;
  /** @param misbehave a shell script that gets npm's arguments as $1. */
  const run = (misbehave: string): { lines: string[]; status: number | null } => {
    writeFileSync(join(folder, 'misbehave'), misbehave);
    const start = `PATH="${folder}/bin:$PATH" exec bash clone/.ci/run`;
    const { stdout, status } = spawnSync('bash', ['-c', start], {
      cwd: folder,
      encoding: 'utf8',
      input: 'y\n',
    });
    return { lines: stdout.trimEnd().split('\n'), status };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-'));
    clone = join(folder, 'clone');
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/npm'), npm);
    chmodSync(join(folder, 'bin/npm'), 0o755);
    mkdirSync(join(clone, 'test'), { recursive: true });
    cpSync(join(root, '.ci'), join(clone, '.ci'), { recursive: true });
    writeFileSync(join(clone, 'package.json'), '{"workspaces":["test"]}');
    writeFileSync(join(clone, 'test/package.json'), '{"scripts":{"test":"vitest run"}}');
    writeFileSync(join(clone, '.gitignore'), 'reports/\n');
    const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
    for (const command of [
      ['init'],
      ['add', '.'],
      [...author, 'commit', '--no-verify', '--no-gpg-sign', '--message=first'],
    ]) {
      execFileSync('git', command, { cwd: clone, stdio: 'ignore' });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('passes when every step does', () => {
    const { lines, status } = run('exit 0');
    expect(lines.at(-1)).toBe('11 passed, 0 failed');
    expect(status).toBe(0);
    expect(lines.filter((line) => line.startsWith('==> '))).toEqual([
      '==> npm ci',
      '==> npm run format:check',
      '==> npm run lint',
      '==> npm run typecheck',
      '==> npm run build',
      '==> parts',
      '==> npm test',
      '==> the work tree is as it was',
      '==> results',
    ]);
  });

  it('goes on after a failing step, and fails', () => {
    const { lines, status } = run('case "$1" in *lint|*build) exit 3;; esac');
    expect(lines.at(-1)).toBe('9 passed, 2 failed');
    expect(status).toBe(1);
    expect(lines).toContain('==> npm test');
  });

  it('fails when the tests do, whatever the reports say', () => {
    expect(run('[ "$1" != test ]').lines.at(-1)).toBe('11 passed, 1 failed');
  });

  it('fails when the tests leave no report, also when an earlier run left one', () => {
    writeFileSync(join(folder, 'silent'), '');
    expect(run('exit 0').lines.at(-1)).toBe('6 passed, 1 failed');
    mkdirSync(join(clone, 'test/reports'), { recursive: true });
    const ofTomorrow = {
      success: true,
      startTime: 9e15,
      numTotalTests: 5,
      numPassedTests: 5,
      numFailedTests: 0,
    };
    const report = JSON.stringify({ ...ofTomorrow, testResults: [] });
    writeFileSync(join(clone, 'test/reports/vitest.json'), report);
    expect(run('exit 0').lines.at(-1)).toBe('6 passed, 1 failed');
  });

  it('fails when a step changes the work tree', () => {
    const { lines, status } = run('touch leftover');
    expect(lines.at(-1)).toBe('10 passed, 1 failed');
    expect(lines.join('\n')).toContain('leftover');
    expect(status).toBe(1);
  });

  it('accepts a work tree with changes of its own', () => {
    writeFileSync(join(clone, 'package.json'), '{"workspaces":["test"], "private":true}');
    expect(run('exit 0').lines.at(-1)).toBe('11 passed, 0 failed');
    expect(run('echo >> package.json').lines.at(-1)).toBe('10 passed, 1 failed');
  });

  it('puts the real Vault beside the checkout on the path of the tests', () => {
    const isFound = '[ "$1" != test ] || command -v vault-of-this-test';
    expect(run(isFound).status).toBe(1);
    const [tools, programs] = [join(folder, 'shared/tools'), join(folder, 'a folder')];
    for (const made of [tools, programs]) mkdirSync(made, { recursive: true });
    writeFileSync(join(tools, 'vault'), `#!/bin/sh\necho '${programs}'\n`);
    writeFileSync(join(programs, 'vault-of-this-test'), '');
    for (const program of [join(tools, 'vault'), join(programs, 'vault-of-this-test')])
      chmodSync(program, 0o755);
    expect(run(isFound).status).toBe(0);
    writeFileSync(join(tools, 'vault'), '#!/bin/sh\nexit 1\n');
    expect(run('exit 0').status).toBe(0);
  });

  it('gives the steps no input to wait for', () => {
    expect(run('! read -r line').status).toBe(0);
  });
});
