import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stillRunning } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace } from '../../test-fixtures/demo.workspace.ts';

describe('npm run dev', () => {
  let workspace: DemoWorkspace;
  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
    await mkdir(join(workspace.root, 'apps', 'demo-service', 'src'));
  });
  afterAll(async () => {
    await workspace.stopAll();
    await workspace.remove();
  });

  const change = (name: string) =>
    writeFile(join(workspace.root, 'apps', 'demo-service', 'src', name), String(Math.random()));
  const service = async () => (await workspace.pids())[0] ?? 0;

  it('starts the service anew after a change, keeps it when the build fails, and stops at ctrl-C', async () => {
    const started = await workspace.ready(['--watch']);
    const first = await service();
    await change('main.ts');
    await expect.poll(service, { timeout: 15_000 }).not.toBe(first);
    expect(await stillRunning([first])).toEqual([]);

    await expect.poll(() => started.output().match(/✓ Start/g)?.length, { timeout: 15_000 }).toBe(2);
    const second = await service();
    await change('broken');
    await expect.poll(started.output, { timeout: 15_000 }).toContain('The demo is broken.');
    expect(await stillRunning([second])).toHaveLength(1);

    await rm(join(workspace.root, 'apps', 'demo-service', 'src', 'broken'));
    await expect.poll(() => started.output().match(/✓ Start/g)?.length, { timeout: 15_000 }).toBe(3);
    const pids = await workspace.pids();
    started.child.kill('SIGINT');
    await expect(started.ended()).resolves.toBe(0);
    expect(await stillRunning(pids)).toEqual([]);
    expect(started.output().match(/✓ Stop demo-service/g)).toHaveLength(1);
  });
});
