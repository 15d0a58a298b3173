import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snapshot } from '../workspace/transaction/testing/folder.snapshot.ts';
import { apart, mountMissing } from '../workspace/transaction/testing/mount.right.ts';

const words = [join(import.meta.dirname, '../bin/secure-backend.js'), 'app', 'orders-api', '--defaults'];
const nobody = 65_534;

interface Outcome {
  readonly status: number | null;
  readonly said: string;
}

describe('yo secure-backend in a folder', () => {
  let outer: string;
  let folder: string;
  beforeEach(() => {
    outer = realpathSync(mkdtempSync(join(tmpdir(), 'unsafe-')));
    chmodSync(outer, 0o755);
    folder = join(outer, 'shop');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(outer, { recursive: true }));

  const run = (
    command: string,
    parameters: readonly string[],
    options: { env?: NodeJS.ProcessEnv; uid?: number } = {},
  ): Outcome => {
    const { status, stdout, stderr } = spawnSync(command, parameters, {
      cwd: folder,
      encoding: 'utf8',
      ...options,
    });
    return { status, said: `${stdout}${stderr}` };
  };
  /** What it says when it ends with 1 and leaves everything as it was. */
  const refusal = (options?: Parameters<typeof run>[2]): string => {
    const before = snapshot(outer);
    const { status, said } = run(process.execPath, words, options);
    expect(said).not.toMatch(/^ +at /m);
    expect(status).toBe(1);
    expect(snapshot(outer)).toEqual(before);
    return said;
  };
  /** Mounts one over the folder, runs it there, and lists what it has left. */
  const onDisk = (options: string): Outcome => {
    const script = `mount -t tmpfs -o "$1" none . && cd "$PWD" && shift && "$@"; status=$?; ls -A; exit $status`;
    return run('unshare', [...apart, 'sh', '-c', script, 'sh', options, process.execPath, ...words]);
  };
  const start = () => spawn(process.execPath, words, { cwd: folder, stdio: 'ignore' });
  const isWriting = (): boolean => readdirSync(folder).some((name) => name.includes('transaction'));
  const untilItWrites = async (): Promise<void> => {
    while (!isWriting()) await setTimeout(2);
  };

  it('that is not empty', () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine\n');
    expect(refusal()).toContain('This folder is not empty: there is notes.txt.');
  });

  it('of another workspace', () => {
    writeFileSync(join(outer, '.secure-backend.json'), '{}');
    expect(refusal()).toContain(`This folder lies in the stamped workspace ${outer}.`);
    rmSync(join(outer, '.secure-backend.json'));
    writeFileSync(join(outer, 'package.json'), '{"workspaces":["*"]}');
    expect(refusal()).toContain(`This folder is one of the npm workspaces of ${outer}`);
  });

  it('without git', () => {
    expect(refusal({ env: { PATH: outer } })).toContain('There is no git on the PATH');
  });

  it('that is not writable', () => {
    chmodSync(folder, 0o555);
    expect(refusal(process.getuid?.() === 0 ? { uid: nobody } : {})).toContain('You may not write in');
  });

  describe.skipIf(mountMissing)(`on a disk of its own${mountMissing ? ` (${mountMissing})` : ''}`, () => {
    it('that is read-only', () => {
      expect(onDisk('ro')).toMatchObject({
        status: 1,
        said: `${folder} is on a read-only file system. Choose a folder that can be written to.\n`,
      });
    });

    it('that is full in the middle', () => {
      const { status, said } = onDisk('size=1m');
      expect(said).toContain(`The disk of ${folder} is full. Make room on it and run it again.`);
      expect(said).not.toContain('package.json');
      expect(status).toBe(1);
    });

    it('that is large enough', () => {
      const { status, said } = onDisk('size=100m');
      expect(said).toContain('package.json');
      expect(status).toBe(0);
    });
  });

  it('that is left by ctrl-C in the middle is empty', async () => {
    const child = start();
    const ended = once(child, 'exit');
    await untilItWrites();
    child.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('in which it was killed is stamped by the next run, which says so', async () => {
    const child = start();
    const ended = once(child, 'exit');
    await untilItWrites();
    child.kill('SIGKILL');
    await ended;
    expect(isWriting()).toBe(true);
    const { status, said } = run(process.execPath, words);
    expect(said).toMatch(/^(?:A run was interrupted in .* They are as they were before it\.\n)?Stamping/);
    expect(status).toBe(0);
    expect(readdirSync(folder)).toContain('package.json');
    expect(isWriting()).toBe(false);
  });
}, 60_000);
