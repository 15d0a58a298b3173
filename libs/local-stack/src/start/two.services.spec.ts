import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { curlsIn, shell } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace, freePorts } from '../../test-fixtures/demo.workspace.ts';
import { readMountedSecret } from '../credentials/index.ts';

const second = 'second-service';

describe('two services of one workspace', { timeout: 60_000 }, () => {
  let workspace: DemoWorkspace;
  const secret = (service: string, name: string) =>
    readMountedSecret(join(workspace.stateOf(service), 'secrets', name));
  const startSecond = async () => workspace.ready([second], await freePorts());
  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
    await workspace.add(second);
  });
  afterEach(() => workspace.stopAll());
  afterAll(() => workspace.remove());

  it('run at once, each with a database, a key and a log of its own', async () => {
    const starts = [await workspace.ready(), await startSecond()];
    const answers = starts.map((start) => shell(curlsIn(start.output())[0], workspace.root));
    await expect(Promise.all(answers)).resolves.toEqual(Array(2).fill('{"text":"A first text"}'));
    const [first, other] = await Promise.all(
      ['demo-service', second].map((service) => secret(service, 'api-keys')),
    );
    expect(first?.['external-api']).not.toBe(other?.['external-api']);
    await expect(secret(second, 'db-credentials')).resolves.toMatchObject({
      username: 'second_service_runtime_a',
    });
  });

  it('rotate one at a time: the one that is named, where several run', async () => {
    await workspace.ready();
    const { last } = await workspace.rotate(second);
    expect(last).toBe(
      `${second} doesn't run here, but demo-service. Start it in another terminal: npm start -- ${second}`,
    );
    await startSecond();
    const unsaid = await workspace.rotate();
    expect(unsaid.last).toContain(`Several services run here: demo-service, ${second}. Say which: `);
    const before = await secret('demo-service', 'db-credentials');
    const { code, output } = await workspace.rotate(second);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('gave second_service_runtime_b a new password'),
    ]);
    await expect(secret('demo-service', 'db-credentials')).resolves.toEqual(before);
  });

  it('say who has the port, and how to choose others', async () => {
    await workspace.ready();
    const { PORT = '', MANAGEMENT_PORT = '' } = workspace.env;
    const said = await workspace.refusal([second]);
    expect(said).toContain(`Port ${PORT} is taken by demo-service, which npm start runs.`);
    expect(said).toContain(
      `PORT=${Number(PORT) + 1} MANAGEMENT_PORT=${Number(MANAGEMENT_PORT) + 1} npm start -- ${second}`,
    );
  });

  it('are deleted one by one, and together only while none of them runs', async () => {
    await workspace.ready();
    await expect(workspace.start(['--reset', second]).ended()).resolves.toBe(0);
    await expect(secret(second, 'api-keys')).resolves.toBeUndefined();
    await expect(workspace.refusal(['--reset'])).resolves.toContain('demo-service is running already');
    await expect(secret('demo-service', 'api-keys')).resolves.toBeDefined();
  });
});
