import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DemoWorkspace, type DemoStart } from '../../test-fixtures/demo.workspace.ts';
import { identifyProcess } from '../processes/process.identity.ts';
import { createTestDatabase } from '../testing/index.ts';

const sh = async (command: string, cwd: string) =>
  (await promisify(execFile)('sh', ['-c', command], { cwd })).stdout;

const curls = (output: string) => output.split('\n').filter((line) => line.startsWith('  curl '));
const running = async (pids: number[]) =>
  (await Promise.all(pids.map(identifyProcess))).filter((process) => process !== undefined);

describe('npm start', () => {
  let workspace: DemoWorkspace;
  let starts: DemoStart[] = [];

  const start = (args?: string[], env?: Record<string, string>) => {
    const started = workspace.start(args, env);
    starts.push(started);
    return started;
  };
  const ready = async (args?: string[], env?: Record<string, string>) => {
    const started = start(args, env);
    await started.settled();
    expect(started.output()).toContain('demo-service is ready.');
    return started;
  };
  const refused = async (args?: string[], env?: Record<string, string>) => {
    const started = start(args, env);
    await expect(started.ended()).resolves.toBe(1);
    expect(started.output()).not.toMatch(/^\s+at /m);
    return started.output();
  };
  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
    await chmod(workspace.root, 0o711);
  });
  afterEach(async () => {
    for (const { child } of starts) child.kill('SIGTERM');
    await Promise.all(starts.map((started) => started.ended()));
    starts = [];
  });
  afterAll(() => workspace.remove());

  it('serves, and prints requests that work when pasted', async () => {
    const { output } = await ready();
    const [create, list, ...others] = curls(output());
    expect(others).toEqual([]);
    await expect(sh(create ?? '', workspace.root)).resolves.toBe('{"text":"A first text"}');
    await expect(sh(list ?? '', workspace.root)).resolves.toContain('"text":"A first text"');
  });

  it('leaves nothing running after ctrl-C, and keeps the data', async () => {
    const { child, ended, output } = await ready();
    const pids = await workspace.pids();
    expect(await running(pids)).toHaveLength(2);
    await expect(sh(curls(output())[1] ?? '', workspace.root)).resolves.toContain('A first text');
    // As from a terminal through npm: the same ctrl-C arrives twice, and must not mean "at once".
    child.kill('SIGINT');
    child.kill('SIGINT');
    await expect(ended()).resolves.toBe(0);
    expect(await running(pids)).toEqual([]);
    await expect(readFile(join(workspace.root, '.local', 'demo-service.log'), 'utf8')).resolves.toContain(
      'drained',
    );
  });

  it('stops what a killed start left running, and says so', async () => {
    const killed = await ready();
    const pids = await workspace.pids();
    killed.child.kill('SIGKILL');
    await killed.ended();
    expect(await running(pids)).toHaveLength(2);
    const next = await ready();
    expect(next.output()).toContain(`The service (pid ${pids[0]}) was left running`);
    expect(next.output()).toContain(`Postgres (pid ${pids[1]}) was left running`);
    expect(await running(pids)).toEqual([]);
  });

  it('refuses a second start at once, and a reset, and says who runs', async () => {
    const first = await ready();
    const who = `It is running already (pid ${first.child.pid}, http://localhost:${workspace.env['PORT']})`;
    await expect(refused()).resolves.toContain(who);
    await expect(refused(['--reset'])).resolves.toContain(who);
    await expect(running([first.child.pid ?? 0])).resolves.toHaveLength(1);
  });

  it.each(['PORT', 'MANAGEMENT_PORT'])('names the variable when the port of %s is taken', async (name) => {
    const blocker = createServer().listen(Number(workspace.env[name]), '127.0.0.1');
    await once(blocker, 'listening');
    const output = await refused();
    expect(output).toContain(`Port ${workspace.env[name]} is taken`);
    expect(output).toContain(`${name}=`);
    blocker.close();
  });

  it.each(['migrate', 'boot'])(
    'shows the end of the log when the service fails at %s, and leaves nothing',
    async (at) => {
      const output = await refused([], { DEMO_FAILS: at });
      expect(output).toContain('(exit code 3)');
      expect(output).toContain(`the demo fails at ${at}`);
      expect(output).toContain('✓ Stop Postgres');
    },
  );

  it('ends when the service ends', async () => {
    const started = await ready();
    const [service = 0, postgres = 0] = await workspace.pids();
    process.kill(service, 'SIGKILL');
    await expect(started.ended()).resolves.toBe(1);
    expect(started.output()).toContain('demo-service ended (SIGKILL)');
    expect(await running([postgres])).toEqual([]);
  });

  it('ends when Postgres ends', async () => {
    const started = await ready();
    const [service = 0, postgres = 0] = await workspace.pids();
    process.kill(postgres, 'SIGQUIT');
    await expect(started.ended()).resolves.toBe(1);
    expect(started.output()).toContain('Postgres ended');
    expect(await running([service])).toEqual([]);
  });

  it('ends a service that does not drain at the second ctrl-C', async () => {
    const started = await ready([], { DEMO_FAILS: 'drain' });
    const pids = await workspace.pids();
    started.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await running(pids)).toHaveLength(2);
    started.child.kill('SIGINT');
    await expect(started.ended()).resolves.toBe(0);
    expect(await running(pids)).toEqual([]);
  });

  it('stops in the middle of starting', async () => {
    const started = start();
    await once(started.child.stdout ?? started.child, 'data');
    started.child.kill('SIGTERM');
    await expect(started.ended()).resolves.toBe(0);
    expect(started.output()).not.toContain('is ready');
    await expect(stat(join(workspace.root, '.local', 'running.json'))).rejects.toThrow('ENOENT');
  });

  it('gives the service its settings and nothing else', async () => {
    const stray = {
      DATABASE_URL: 'postgres://elsewhere',
      PGHOST: 'elsewhere',
      DEMO_STRAY: 'x',
      DEMO_FAILS: 'never',
    };
    await ready([], stray);
    const log = await readFile(join(workspace.root, '.local', 'demo-service.log'), 'utf8');
    expect(log).toContain('"DEMO_FAILS":"never"');
    expect(log).toContain('"NODE_ENV":"production"');
    expect(log).not.toMatch(/elsewhere|DEMO_STRAY/);
  });

  it('sends the log to the terminal when asked to', async () => {
    const started = await ready(['--logs', 'demo-service']);
    expect(started.output()).toContain('"msg":"serving"');
  });

  it("uses the user's own database, and no Postgres of its own", async () => {
    const own = await createTestDatabase('demo-service');
    const { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_CA_FILE, SECRETS_DIRECTORY } =
      own.environment;
    const env = { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_CA_FILE, SECRETS_DIRECTORY };
    const started = await ready(
      [],
      Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ''])),
    );
    expect(started.output()).toContain('✓ Run migrations');
    expect(started.output()).not.toContain('Start Postgres');
    await expect(sh(curls(started.output())[0] ?? '', workspace.root)).resolves.toContain('A first text');
    started.child.kill('SIGTERM');
    await started.ended();
    await own.drop();
  });

  it.each([
    [['--colour'], {}, "Unknown option '--colour'. What there is: npm start -- --help"],
    [['nothing-here'], {}, 'There is no service "nothing-here" in apps/. There is: demo-service.'],
    [['one', 'two'], {}, 'One service at a time'],
    [[], { DATABASE_HOST: 'db' }, "DATABASE_HOST is set, SECRETS_DIRECTORY isn't"],
    [[], { SECRETS_DIRECTORY: '/secrets' }, "SECRETS_DIRECTORY is set, DATABASE_HOST isn't"],
    [[], { PORT: 'eighty' }, 'PORT must be a port number'],
    [[], { PORT: '9464', MANAGEMENT_PORT: '9464' }, 'PORT and MANAGEMENT_PORT are both 9464'],
  ])('answers %j with %j in one sentence', async (args, env, sentence) => {
    await expect(refused(args, env)).resolves.toContain(sentence);
  });

  it('explains itself', async () => {
    const started = start(['--help']);
    await expect(started.ended()).resolves.toBe(0);
    expect(started.output()).toContain('npm start -- --reset');
  });

  it('deletes everything it keeps when asked to, also after it was killed', async () => {
    const killed = await ready();
    const pids = await workspace.pids();
    killed.child.kill('SIGKILL');
    await killed.ended();
    const reset = start(['--reset']);
    await expect(reset.ended()).resolves.toBe(0);
    expect(await running(pids)).toEqual([]);
    await expect(stat(join(workspace.root, '.local'))).rejects.toThrow('ENOENT');
  });
});
