import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { takeLock } from './process.lock.ts';

const HOLDER = `
  import { takeLock } from '${new URL('process.lock.ts', import.meta.url).href}';
  const taken = Boolean(takeLock(process.argv[1]));
  // Nobody refers to the lock any more; that must not release it.
  gc();
  await new Promise((resolve) => setTimeout(resolve, 50));
  gc();
  console.log(taken ? 'held' : 'refused');
  setInterval(() => undefined, 1000);`;

describe('a lock', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-stack-lock-'));
    file = join(directory, 'test.lock');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is held by one at a time, within a process too', () => {
    const lock = takeLock(file);
    expect(takeLock(file)).toBeUndefined();
    lock?.release();
    lock?.release();
    const next = takeLock(file);
    expect(next).toBeDefined();
    next?.release();
  });

  it('ends with its process, even one that is killed', async () => {
    const holder = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', HOLDER, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    const [line] = await once(createInterface(holder.stdout), 'line');
    expect(line).toBe('held');
    expect(takeLock(file)).toBeUndefined();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = takeLock(file);
    expect(lock).toBeDefined();
    lock?.release();
  });

  it('says when its file cannot be made', () => {
    expect(() => takeLock(join(directory, 'not-there', 'test.lock'))).toThrow('ENOENT');
  });
});
