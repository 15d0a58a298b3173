import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identifyProcess, isSameProcess } from './process.identity.ts';

describe('the identity of a process', () => {
  it('tells a running process from one that has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'a mark']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const identity = await identifyProcess(child.pid ?? 0);
    expect(identity?.commandLine).toContain('a mark');
    await expect(isSameProcess({ pid: child.pid ?? 0, started: identity?.started ?? '' })).resolves.toBe(
      true,
    );
    child.kill();
    await once(child, 'exit');
    await expect(identifyProcess(child.pid ?? 0)).resolves.toBeUndefined();
  });

  it('tells a process from a later one with the same id', async () => {
    await expect(isSameProcess({ pid: process.pid, started: 'long ago' })).resolves.toBe(false);
  });
});
