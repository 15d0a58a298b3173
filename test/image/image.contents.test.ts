import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../repository.files.ts';
import { examine, placesOf, type Examination } from './image.examination.ts';
import { parseListing, strays, weaknesses } from './image.listing.ts';
import { spoil } from './image.spoiling.ts';
import {
  buildImage,
  buildImageBy,
  imageMissing,
  imageService,
  ownTag,
  podman,
  removeImages,
} from './image.tools.ts';

const tag = ownTag('contents');
const canary = 'canary-8a51c3f7e2';
/** What the base brings along: the usual folders for everybody, and the user's home. */
const ofTheBase = /^\.?\/?(?:tmp|var\/tmp|run\/lock|var\/lock|home\/nonroot|dev|proc|sys)(?:\/|$)/;
/** Bytes: the goal for what a service adds to the base, compressed. */
const largestLayer = 6 * 1024 * 1024;
const ofTheService = /^\.?\/?app(?:\/|$)/;

describe.skipIf(imageMissing)(`the image${imageMissing ? ` (${imageMissing})` : ''}`, () => {
  let id: string;
  let image: Examination;

  beforeAll(async () => {
    // Untracked and ignored, as secrets on a desk are.
    const planted = join(root, `apps/${imageService}/.env.${process.pid}.log`);
    await writeFile(planted, canary, { flag: 'wx' });
    try {
      id = await buildImage(tag, '--no-cache');
    } finally {
      await rm(planted);
    }
    image = await examine(tag);
  }, 900_000);
  afterAll(() => removeImages(tag, `${tag}-again`, `${tag}-other`, `${tag}-spoiled`));

  it('has the same id when it is built again', async () => {
    expect(await buildImage(`${tag}-again`, '--no-cache')).toBe(id);
  }, 900_000);

  it('has the same id when another builder made it, even right after one of another version', async () => {
    expect(await buildImageBy('podman', `${tag}-other`, '--build-arg=VERSION=9.9.9')).not.toBe(id);
    expect(await buildImageBy('podman', `${tag}-again`)).toBe(id);
  }, 900_000);

  it(`adds one layer to its base, of at most ${largestLayer} bytes`, () => {
    const { layers } = image;
    const added = layers.at(-1);
    process.stdout.write(`application layer: ${added?.size} bytes compressed\n`);
    expect(layers.filter(({ files }) => files.some(({ path }) => ofTheService.test(path)))).toEqual([added]);
    expect(added?.files.filter(({ path }) => !ofTheService.test(path))).toEqual([]);
    expect(added?.size).toBeLessThanOrEqual(largestLayer);
  });

  it('has no shell, no package manager, nothing set-uid, and nothing that its user could write', () => {
    expect(image.files.length).toBeGreaterThan(100);
    expect(weaknesses(image.files, ofTheBase)).toEqual([]);
  });

  it('has the service and nothing beside it', () => {
    const own = image.files
      .map(({ path }) => path.replace(/^\.?\//, ''))
      .filter((path) => /^app\/[^/]+\/?$/.test(path));
    expect(own.map((path) => path.replace(/\/$/, '')).toSorted()).toEqual(
      ['LICENSES.txt', 'dist', 'health.js', 'migrations', 'node_modules', 'package.json'].map(
        (name) => `app/${name}`,
      ),
    );
    expect(strays(image.files)).toEqual([]);
  });

  it('has no secret of the desk in any layer, nor in what is told about it', () => {
    expect(placesOf(canary, image)).toEqual([]);
  });

  it('says what it is, and runs as a numeric user', async () => {
    const [{ Config: config }] = JSON.parse(await podman('image', 'inspect', tag)) as [
      { Config: { User: string; Labels: object; Entrypoint: string[] } },
    ];
    expect(config.User).toBe('65532:65532');
    expect(config.Entrypoint).toEqual(expect.arrayContaining(['/nodejs/bin/node', '--permission']));
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.title': imageService,
      'org.opencontainers.image.licenses': 'Apache-2.0',
    });
  });

  it('is found out by all of this when it has been spoiled', async () => {
    await spoil(tag, `${tag}-spoiled`, canary);
    const spoiled = await examine(`${tag}-spoiled`);
    expect(weaknesses(spoiled.files, ofTheBase).toSorted()).toEqual([
      'etc/data: writable for the service',
      'etc/open: writable for everybody',
      'usr/bin/mount: set-uid or set-gid',
      'usr/bin/sh: a tool',
    ]);
    expect(strays(spoiled.files)).toEqual(['app/dist/main.js.map']);
    const layer =
      spoiled.layers.findIndex(({ files }) => files.some(({ path }) => path.endsWith('etc/token'))) + 1;
    expect(placesOf(canary, spoiled)).toEqual([
      `layer ${layer} of ${spoiled.layers.length}`,
      'configuration',
      'history',
    ]);
    expect(layer).toBeLessThan(spoiled.layers.length);
  }, 300_000);
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
