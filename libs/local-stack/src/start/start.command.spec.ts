import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { curlsIn, shell, stillRunning } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace } from '../../test-fixtures/demo.workspace.ts';
import { createTestDatabase } from '../testing/index.ts';

describe('npm start', () => {
  let workspace: DemoWorkspace;
  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
  });
  afterEach(() => workspace.stopAll());
  afterAll(() => workspace.remove());

  it('serves, and prints requests that work when pasted', async () => {
    const { output } = await workspace.ready();
    const [create, list, ...others] = curlsIn(output());
    expect(others).toEqual([]);
    await expect(shell(create, workspace.root)).resolves.toBe('{"text":"A first text"}');
    await expect(shell(list, workspace.root)).resolves.toContain('"text":"A first text"');
  });

  it('leaves nothing running after ctrl-C, and keeps the data', async () => {
    const { child, ended, output } = await workspace.ready();
    const pids = await workspace.pids();
    expect(await stillRunning(pids)).toHaveLength(2);
    await expect(shell(curlsIn(output())[1], workspace.root)).resolves.toContain('A first text');
    // As from a terminal through npm: the same ctrl-C arrives twice, and must not mean "at once".
    child.kill('SIGINT');
    child.kill('SIGINT');
    await expect(ended()).resolves.toBe(0);
    expect(await stillRunning(pids)).toEqual([]);
    await expect(readFile(join(workspace.stateOf(), 'service.log'), 'utf8')).resolves.toContain('drained');
  });

  it('gives the service its settings and nothing else', async () => {
    const stray = {
      DATABASE_URL: 'postgres://elsewhere',
      PGHOST: 'elsewhere',
      DEMO_STRAY: 'x',
      DEMO_FAILS: 'never',
    };
    await workspace.ready([], stray);
    const log = await readFile(join(workspace.stateOf(), 'service.log'), 'utf8');
    expect(log).toContain('"DEMO_FAILS":"never"');
    expect(log).toContain('"NODE_ENV":"production"');
    expect(log).not.toMatch(/elsewhere|DEMO_STRAY/);
  });

  it('sends the log to the terminal when asked to', async () => {
    const started = await workspace.ready(['--logs', 'demo-service']);
    expect(started.output()).toContain('"msg":"serving"');
  });

  it("uses the user's own database, and no Postgres of its own", async () => {
    const own = await createTestDatabase('demo-service');
    const { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_CA_FILE, SECRETS_DIRECTORY } =
      own.environment;
    const env = { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_CA_FILE, SECRETS_DIRECTORY };
    const started = await workspace.ready(
      [],
      Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ''])),
    );
    expect(started.output()).toContain('✓ Run migrations');
    expect(started.output()).not.toContain('Start Postgres');
    await expect(shell(curlsIn(started.output())[0], workspace.root)).resolves.toContain('A first text');
    started.child.kill('SIGTERM');
    await started.ended();
    await own.drop();
  });

  it('explains itself', async () => {
    const started = workspace.start(['--help']);
    await expect(started.ended()).resolves.toBe(0);
    expect(started.output()).toContain('npm start -- --reset');
  });
});
