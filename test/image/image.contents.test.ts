import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../repository.files.ts';
import { parseListing, strays, weaknesses, type ListedFile } from './image.listing.ts';
import { buildImage, imageMissing, podman } from './image.tools.ts';

const run = promisify(execFile);
const tag = 'localhost/image-contents-test:1';
const canary = 'canary-8a51c3f7e2';
/** What the base brings along: the usual folder for everybody, and the user's home. */
const ofTheBase = /^\.?\/?(?:tmp|var\/tmp|run\/lock|var\/lock|home\/nonroot|dev|proc|sys)(?:\/|$)/;
/** Bytes: the goal for what a service adds to the base, compressed. */
const largestLayer = 6 * 1024 * 1024;

describe.skipIf(imageMissing)(`the image${imageMissing ? ` (${imageMissing})` : ''}`, () => {
  let folder: string;
  let id: string;
  let layers: Buffer[];
  let files: ListedFile[];
  // As secrets lie about on a desk.
  const planted = join(root, `apps/backend-api/.env.canary-${process.pid}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-'));
    await writeFile(planted, canary, { flag: 'wx' });
    try {
      id = await buildImage(tag, '--no-cache');
    } finally {
      await rm(planted);
    }
    await podman('push', '--quiet', '--format=oci', '--compress', tag, `dir:${folder}/image`);
    const manifest = JSON.parse(await readFile(join(folder, 'image/manifest.json'), 'utf8')) as {
      layers: { digest: string }[];
    };
    layers = await Promise.all(
      manifest.layers.map(({ digest }) => readFile(join(folder, 'image', digest.replace('sha256:', '')))),
    );
    const container = (await podman('create', tag)).trim();
    await podman('export', '--output', `${folder}/root.tar`, container);
    await podman('rm', container);
    const { stdout } = await run(
      'tar',
      ['--list', '--verbose', '--numeric-owner', '--file', `${folder}/root.tar`],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    files = parseListing(stdout);
  }, 900_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('has the same id when it is built again', async () => {
    expect(await buildImage(`${tag}-again`, '--no-cache')).toBe(id);
    expect(await buildImage(`${tag}-other`, '--no-cache', '--build-arg=VERSION=9.9.9')).not.toBe(id);
  }, 900_000);

  it(`adds one layer to its base, of at most ${largestLayer} bytes`, () => {
    const added = layers.at(-1)?.length ?? Infinity;
    process.stdout.write(`application layer: ${added} bytes compressed\n`);
    expect(layers).toHaveLength(2);
    expect(added).toBeLessThanOrEqual(largestLayer);
  });

  it('has no shell, no package manager, nothing set-uid, and nothing that its user could write', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(weaknesses(files, ofTheBase)).toEqual([]);
  });

  it('has the service and nothing beside it', () => {
    const own = files
      .map(({ path }) => path.replace(/^\.?\//, ''))
      .filter((path) => /^app\/[^/]+\/?$/.test(path));
    expect(own.map((path) => path.replace(/\/$/, '')).toSorted()).toEqual(
      ['LICENSES.txt', 'dist', 'health.js', 'migrations', 'node_modules', 'package.json'].map(
        (name) => `app/${name}`,
      ),
    );
    expect(strays(files)).toEqual([]);
  });

  it('has no secret of the desk in any layer, nor in its history', async () => {
    const texts = [
      ...layers.map((layer) => gunzipSync(layer)),
      Buffer.from(await podman('image', 'inspect', tag)),
      Buffer.from(await podman('history', '--no-trunc', tag)),
    ];
    expect(texts.filter((text) => text.includes(canary))).toEqual([]);
    expect(gunzipSync(gzipSync(Buffer.from(`a ${canary}`))).includes(canary)).toBe(true);
  });

  it('says what it is, and runs as a numeric user', async () => {
    const [{ Config: config }] = JSON.parse(await podman('image', 'inspect', tag)) as [
      { Config: { User: string; Labels: object; Entrypoint: string[] } },
    ];
    expect(config.User).toBe('65532:65532');
    expect(config.Entrypoint).toEqual(expect.arrayContaining(['/nodejs/bin/node', '--permission']));
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'backend-api',
      'org.opencontainers.image.licenses': 'Apache-2.0',
    });
  });
});

describe('the listing of an image', () => {
  it.each([
    ['-rwxr-xr-x 0/0 1 2026-01-01 00:00 bin/busybox', 'bin/busybox: a tool'],
    ['-rwsr-xr-x 0/0 1 2026-01-01 00:00 usr/bin/mount', 'usr/bin/mount: set-uid or set-gid'],
    ['drwxrwxrwx 0/0 0 2026-01-01 00:00 var/cache/', 'var/cache/: writable for everybody'],
    ['-rw-r--r-- 65532/65532 1 2026-01-01 00:00 srv/data', 'srv/data: writable for the service'],
    ['-r--r--r-- 1000/1000 1 2026-01-01 00:00 app/dist/main.js', 'app/dist/main.js: not owned by root'],
  ])('shows the weakness in %s', (line, weakness) => {
    expect(weaknesses(parseListing(line), ofTheBase)).toEqual([weakness]);
  });

  it.each(['app/dist/main.js.map', 'app/.env', 'app/test/a.js', 'app/src/main.ts'])(
    'shows the stray %s',
    (path) => {
      expect(strays(parseListing(`-r--r--r-- 0/0 1 2026-01-01 00:00 ${path}`))).toEqual([path]);
    },
  );
});
