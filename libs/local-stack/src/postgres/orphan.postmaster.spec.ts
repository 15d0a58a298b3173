import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { identifyProcess } from '../processes/process.identity.ts';
import { removePostgres } from './abandoned.postgres.ts';
import { readPostmasterPid } from './orphan.postmaster.ts';
import { startPostgres } from './postgres.launcher.ts';

const LAUNCHER = join(import.meta.dirname, '../../test-fixtures/launch-postgres.js');

const WAIT = 'setInterval(() => {}, 1000)';

describe('a Postgres whose launcher was killed', () => {
  let directory: string;
  const lines: string[] = [];
  const start = () => startPostgres({ directory, durability: 'off', log: (line) => void lines.push(line) });

  beforeEach(() => {
    lines.length = 0;
  });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-stack-orphan-'));
    await chmod(directory, 0o711);
  });
  afterAll(() => removePostgres(directory));

  const killLauncher = async () => {
    const launcher = spawn(process.execPath, [LAUNCHER, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void launcher.kill('SIGKILL'));
    await once(createInterface(launcher.stdout), 'line');
    const orphan = await readPostmasterPid(join(directory, 'data'));
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    return orphan ?? 0;
  };

  it('is stopped by the next start, which says so', async () => {
    const orphan = await killLauncher();
    await expect(identifyProcess(orphan)).resolves.toBeDefined();
    const postgres = await start();
    expect(lines).toEqual([expect.stringContaining(`pid ${orphan}`)]);
    await expect(identifyProcess(orphan)).resolves.toBeUndefined();
    await postgres.stop();
  });

  it('leaves a stranger alone who got its process id, and starts all the same', async () => {
    const first = await start();
    await first.stop({ mode: 'immediate' });
    const stranger = spawn(process.execPath, ['-e', WAIT, '--', '-D', join(directory, 'data')]);
    onTestFinished(() => void stranger.kill('SIGKILL'));
    await once(stranger, 'spawn');
    await writeFile(join(directory, 'data', 'postmaster.pid'), `${stranger.pid}\n`);

    const second = await start();
    expect(lines).toEqual([]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    await second.stop();
  });

  it('does not disturb a start that finds the remains of a crash', async () => {
    const first = await start();
    const remains = await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8');
    await first.stop();
    await writeFile(join(directory, 'data', 'postmaster.pid'), remains);
    const second = await start();
    expect(lines).toEqual([]);
    await second.stop();
  });

  it('is stopped before its directory is removed', async () => {
    const orphan = await killLauncher();
    await removePostgres(directory);
    await expect(identifyProcess(orphan)).resolves.toBeUndefined();
  });
});
