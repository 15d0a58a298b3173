import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  findFreePort,
  openThrowawayPostgres,
  type TestDatabase,
} from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, imageMissing, podman, startContainer } from './image.tools.ts';

const tag = 'localhost/image-run-test:1';

describe.skipIf(imageMissing)(`a container of the image${imageMissing ? ` (${imageMissing})` : ''}`, () => {
  let remove: () => Promise<void>;
  let database: TestDatabase;
  let secrets: string;
  let flags: string[];
  let ports: { api: number; management: number };

  beforeAll(async () => {
    await buildImage(tag);
    const postgres = await openThrowawayPostgres();
    database = await createTestDatabase('backend-api', postgres.coordinates);
    secrets = await mkdtemp(join(tmpdir(), 'image-secrets-'));
    remove = async () => {
      await postgres.remove();
      await rm(secrets, { recursive: true });
    };
    await cp(database.secretsDirectory, secrets, { recursive: true, verbatimSymlinks: true });
    await mkdir(join(secrets, 'db-ca'));
    await cp(postgres.coordinates.caFile, join(secrets, 'db-ca/ca.crt'));
    await openToReaders(secrets);
    ports = { api: await findFreePort(), management: await findFreePort() };
    const environment = {
      ...database.environment,
      NODE_ENV: 'production',
      PORT: ports.api,
      MANAGEMENT_PORT: ports.management,
      SECRETS_DIRECTORY: '/run/secrets',
      DATABASE_CA_FILE: '/run/secrets/db-ca/ca.crt',
      SHUTDOWN_DELAY_MS: 0,
    };
    flags = [
      // Postgres listens on the loopback interface only.
      '--network=host',
      `--volume=${secrets}:/run/secrets:ro`,
      ...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`),
    ];
  }, 900_000);
  afterAll(() => remove());

  const statusOf = async (url: string): Promise<number> =>
    fetch(url, { headers: { 'x-api-key': database.apiKey } }).then(
      (response) => response.status,
      () => 0,
    );

  it('migrates, then serves, drains and ends well', async () => {
    const migrated = await startContainer(tag, ['migrate'], flags).ended;
    expect(migrated).toMatchObject({
      code: 0,
      output: expect.stringContaining('applied 0001-work-items') as string,
    });

    const before = performance.now();
    const container = startContainer(tag, [], flags);
    await expect
      .poll(() => statusOf(`http://127.0.0.1:${ports.management}/readyz`), { interval: 10 })
      .toBe(200);
    process.stdout.write(`container start to ready: ${Math.round(performance.now() - before)} ms\n`);
    await expect(statusOf(`http://127.0.0.1:${ports.api}/v1/work-items`)).resolves.toBe(200);
    container.stop();
    expect(await container.ended).toMatchObject({ code: 0 });
  }, 120_000);

  it('shows the page of its API document where that is wanted', async () => {
    const container = startContainer(tag, ['serve'], [...flags, '--env=API_DOCS=on']);
    await expect.poll(() => statusOf(`http://127.0.0.1:${ports.management}/readyz`)).toBe(200);
    await expect(statusOf(`http://127.0.0.1:${ports.api}/docs/swagger-ui-bundle.js`)).resolves.toBe(200);
    container.stop();
    expect(await container.ended).toMatchObject({ code: 0 });
  }, 120_000);

  it('says what is wrong when it is started with nothing', async () => {
    const { code, output } = await startContainer(tag, []).ended;
    expect(code).toBe(1);
    expect(output).toContain('DATABASE_HOST');
  }, 60_000);

  describe('with code of somebody else', () => {
    it.each([
      ['reads a file that is not its own', "require('node:fs').readFileSync('/etc/passwd')"],
      ['writes', "require('node:fs').writeFileSync('/tmp/a', '')"],
      ['starts a program', "require('node:child_process').spawnSync('/nodejs/bin/node', ['-v'])"],
      ['starts a worker', "new (require('node:worker_threads').Worker)('1', { eval: true })"],
      ['loads native code', "process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')"],
    ])(
      'refuses one that %s',
      async (_, code) => {
        expect(await evaluate(code)).toMatch(/ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED/);
        expect(await evaluate(code, false)).not.toMatch(/ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED/);
      },
      60_000,
    );

    it('has nowhere to write even without those flags', async () => {
      for (const path of ['/app/a', '/tmp/a', '/home/nonroot/a', '/run/a']) {
        expect(await evaluate(`require('node:fs').writeFileSync('${path}', '')`, false)).toMatch(
          /EROFS|EACCES|ENOENT/,
        );
      }
    }, 60_000);
  });
});

/** Runs code under the image's own flags, or under none of them. */
async function evaluate(code: string, isGuarded = true): Promise<string> {
  const [{ Config: config }] = JSON.parse(await podman('image', 'inspect', tag)) as [
    { Config: { Entrypoint: string[] } },
  ];
  const [node = '', ...rest] = config.Entrypoint;
  const entrypoint = [node, ...(isGuarded ? rest.slice(0, -1) : []), '-e', code];
  return (await startContainer(tag, [], [`--entrypoint=${JSON.stringify(entrypoint)}`]).ended).output;
}

/** For the container's user: in a pod, mounted secrets belong to a group of its own. */
async function openToReaders(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await openToReaders(inner);
    else if (!entry.isSymbolicLink()) await chmod(inner, 0o644);
  }
}
