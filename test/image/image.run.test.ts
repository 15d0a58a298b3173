import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startContainer } from './container.run.ts';
import { openSurroundings, type Surroundings } from './image.surroundings.ts';
import { buildImage, dockerfile, imageMissing, ownTag, podman, removeImages } from './image.tools.ts';

const tag = ownTag('run');

describe.skipIf(imageMissing)(`a container of the image${imageMissing ? ` (${imageMissing})` : ''}`, () => {
  let surroundings: Surroundings;

  beforeAll(async () => {
    await buildImage(tag);
    surroundings = await openSurroundings();
  }, 900_000);
  afterAll(async () => {
    await surroundings?.remove();
    await removeImages(tag);
  });

  it('migrates, then serves, is healthy meanwhile, drains and ends well', async () => {
    const { serving, migrating, api, management, statusOf } = surroundings;
    const migrated = await startContainer(tag, ['migrate'], migrating).ended;
    expect(migrated).toMatchObject({
      code: 0,
      output: expect.stringContaining('applied 0001-work-items') as string,
    });

    expect(await probeHealth(serving)).toBe(1);
    const before = performance.now();
    const container = startContainer(tag, [], serving);
    await expect.poll(() => statusOf(`${management}/readyz`), { interval: 10, timeout: 30_000 }).toBe(200);
    process.stdout.write(`container start to ready: ${Math.round(performance.now() - before)} ms\n`);
    await expect(statusOf(`${api}/v1/work-items`)).resolves.toBe(200);
    expect(await probeHealth(serving)).toBe(0);
    container.stop();
    expect(await container.ended).toMatchObject({ code: 0 });
  }, 120_000);

  it('shows the page of its API document where that is wanted, and only there', async () => {
    const { serving, api, management, statusOf } = surroundings;
    const page = `${api}/docs/swagger-ui-bundle.js`;
    for (const [flags, status] of [
      [[], 404],
      [['--env=API_DOCS=on'], 200],
    ] as const) {
      const container = startContainer(tag, ['serve'], [...serving, ...flags]);
      await expect.poll(() => statusOf(`${management}/readyz`), { timeout: 30_000 }).toBe(200);
      await expect(statusOf(page)).resolves.toBe(status);
      container.stop();
      expect(await container.ended).toMatchObject({ code: 0 });
    }
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

/** Runs the recipe's HEALTHCHECK beside the service, as Docker would inside of it. @returns its exit code */
async function probeHealth(flags: readonly string[]): Promise<number | null> {
  const [, command = '[]'] = /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  return (await startContainer(tag, [], [...flags, `--entrypoint=${command}`]).ended).code;
}
