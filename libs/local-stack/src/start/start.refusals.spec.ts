import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stillRunning } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace } from '../../test-fixtures/demo.workspace.ts';

describe('npm start refuses', () => {
  let workspace: DemoWorkspace;
  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
  });
  afterEach(() => workspace.stopAll());
  afterAll(() => workspace.remove());

  it('refuses a second start at once, and a reset, and says who runs', async () => {
    const first = await workspace.ready();
    const who = `demo-service is running already (pid ${first.child.pid}, http://localhost:${workspace.env['PORT']})`;
    await expect(workspace.refusal()).resolves.toContain(who);
    await expect(workspace.refusal(['--reset'])).resolves.toContain(who);
    await expect(stillRunning([first.child.pid ?? 0])).resolves.toHaveLength(1);
  });

  it.each(['PORT', 'MANAGEMENT_PORT'])('names the variable when the port of %s is taken', async (name) => {
    const blocker = createServer().listen(Number(workspace.env[name]), '127.0.0.1');
    await once(blocker, 'listening');
    const output = await workspace.refusal();
    expect(output).toContain(`Port ${workspace.env[name]} is taken`);
    expect(output).toContain(`${name}=`);
    blocker.close();
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
    await expect(workspace.refusal(args, env)).resolves.toContain(sentence);
  });
});
