import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lines, TrialWorkspace, type Files } from './trial/trial.workspace.ts';

const script = join(import.meta.dirname, 'trial/update.process.ts');

/** A workspace of some services with 60 files each; every third of them is changed on line `at`. */
function servicesOf(count: number, at: number, mark: string): Files {
  const paths = Array.from({ length: count * 60 }, (_, n) => `services/${Math.floor(n / 60)}/file ${n % 60}`);
  return Object.fromEntries(
    paths.map((path, n) => [path, `${path}\n${lines(60, n % 3 === 0 ? { [at]: mark } : {})}`]),
  );
}

describe.skipIf(process.platform === 'win32')('the speed of an update', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'speed-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Updates so many services, each with edits of the user's beside the template's; counts what git starts. */
  function measure(count: number): { processes: number; seconds: number } {
    const workspace = new TrialWorkspace(servicesOf(count, 0, ''));
    workspace.edit(servicesOf(count, 5, 'mine'));
    writeFileSync(join(folder, 'next.json'), JSON.stringify(servicesOf(count, 50, 'theirs')));
    const trace = join(folder, `trace-${count}`);
    const begin = performance.now();
    const command = `GIT_TRACE2_EVENT='${trace}' exec "$0" "$@"`;
    const { status } = spawnSync('sh', ['-c', command, process.execPath, script, workspace.root, folder]);
    const seconds = (performance.now() - begin) / 1000;
    expect(status).toBe(0);
    expect(workspace.text('services/0/file 0')).toContain('mine\n');
    expect(workspace.text('services/0/file 0')).toContain('theirs\n');
    workspace.remove();
    return { processes: readFileSync(trace, 'utf8').split('"event":"start"').length - 1, seconds };
  }

  it('takes no process per file, however many services there are', { timeout: 120_000 }, () => {
    const [one, thirty] = [measure(1), measure(30)];
    process.stdout.write(
      `30 services: ${thirty.seconds.toFixed(1)} s, ${thirty.processes} processes of git\n`,
    );
    expect(one.processes).toBeLessThan(45);
    // Git unpacks a few objects by one more process, and keeps many as a pack.
    expect(thirty.processes).toBeLessThanOrEqual(one.processes);
    expect(thirty.seconds).toBeLessThan(60);
  });
});
