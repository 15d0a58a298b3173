import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stillRunning } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace } from '../../test-fixtures/demo.workspace.ts';

describe('what npm start has started', () => {
  let workspace: DemoWorkspace;
  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
  });
  afterEach(() => workspace.stopAll());
  afterAll(() => workspace.remove());

  it('stops what a killed start left running, and says so', async () => {
    const killed = await workspace.ready();
    const pids = await workspace.pids();
    killed.child.kill('SIGKILL');
    await killed.ended();
    expect(await stillRunning(pids)).toHaveLength(2);
    const next = await workspace.ready();
    expect(next.output()).toContain(`The service (pid ${pids[0]}) was left running`);
    expect(next.output()).toContain(`Postgres (pid ${pids[1]}) was left running`);
    expect(await stillRunning(pids)).toEqual([]);
  });

  it.each(['migrate', 'boot'])(
    'shows the end of the log when the service fails at %s, and leaves nothing',
    async (at) => {
      const output = await workspace.refusal([], { DEMO_FAILS: at });
      expect(output).toContain('(exit code 3)');
      expect(output).toContain(`the demo fails at ${at}`);
      expect(output).toContain('✓ Stop Postgres');
    },
  );

  it('ends when the service ends', async () => {
    const started = await workspace.ready();
    const [service = 0, postgres = 0] = await workspace.pids();
    process.kill(service, 'SIGKILL');
    await expect(started.ended()).resolves.toBe(1);
    expect(started.output()).toContain('demo-service ended (SIGKILL)');
    expect(await stillRunning([postgres])).toEqual([]);
  });

  it('ends when Postgres ends', async () => {
    const started = await workspace.ready();
    const [service = 0, postgres = 0] = await workspace.pids();
    process.kill(postgres, 'SIGQUIT');
    await expect(started.ended()).resolves.toBe(1);
    expect(started.output()).toContain('Postgres ended');
    expect(await stillRunning([service])).toEqual([]);
  });

  it('ends a service that does not drain at the second ctrl-C', async () => {
    const started = await workspace.ready([], { DEMO_FAILS: 'drain' });
    const pids = await workspace.pids();
    started.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await stillRunning(pids)).toHaveLength(2);
    started.child.kill('SIGINT');
    await expect(started.ended()).resolves.toBe(0);
    expect(await stillRunning(pids)).toEqual([]);
  });

  it('stops in the middle of starting', async () => {
    const started = workspace.start();
    await once(started.child.stdout ?? started.child, 'data');
    started.child.kill('SIGTERM');
    await expect(started.ended()).resolves.toBe(0);
    expect(started.output()).not.toContain('is ready');
    await expect(stat(join(workspace.stateOf(), 'running.json'))).rejects.toThrow('ENOENT');
  });

  it('deletes everything it keeps when asked to, also after it was killed', async () => {
    const killed = await workspace.ready();
    const pids = await workspace.pids();
    killed.child.kill('SIGKILL');
    await killed.ended();
    const reset = workspace.start(['--reset']);
    await expect(reset.ended()).resolves.toBe(0);
    expect(await stillRunning(pids)).toEqual([]);
    await expect(stat(join(workspace.root, '.local'))).rejects.toThrow('ENOENT');
  });
});
