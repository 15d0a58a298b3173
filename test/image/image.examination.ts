import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseListing, type ListedFile } from './image.listing.ts';
import { podman } from './image.tools.ts';

const run = promisify(execFile);

export interface ExaminedLayer {
  /** Bytes, compressed. */
  readonly size: number;
  /** Uncompressed. */
  readonly content: Buffer;
  readonly files: readonly ListedFile[];
}

/** All of an image: what a container of it sees, what lies below in its layers, and what is told about it. */
export interface Examination {
  readonly files: readonly ListedFile[];
  readonly layers: readonly ExaminedLayer[];
  readonly configuration: string;
  readonly history: string;
}

export async function examine(tag: string): Promise<Examination> {
  const folder = await mkdtemp(join(tmpdir(), 'image-'));
  try {
    await podman('push', '--quiet', '--format=oci', '--compress', tag, `dir:${folder}/image`);
    const manifest = JSON.parse(await readFile(join(folder, 'image/manifest.json'), 'utf8')) as {
      layers: { digest: string }[];
    };
    const layers = manifest.layers.map(({ digest }) =>
      layerOf(join(folder, 'image', digest.replace('sha256:', ''))),
    );
    const container = (await podman('create', tag)).trim();
    await podman('export', '--output', `${folder}/root.tar`, container);
    await podman('rm', container);
    return {
      files: await list(`${folder}/root.tar`),
      layers: await Promise.all(layers),
      configuration: await podman('image', 'inspect', tag),
      history: await podman('history', '--no-trunc', tag),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const layerOf = async (file: string): Promise<ExaminedLayer> => ({
  size: (await stat(file)).size,
  content: gunzipSync(await readFile(file)),
  files: await list(file),
});

async function list(archive: string): Promise<ListedFile[]> {
  const { stdout } = await run('tar', ['--list', '--verbose', '--numeric-owner', '--file', archive], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return parseListing(stdout);
}

/** The places that hold a text, in layers even when a later one has removed it. */
export const placesOf = (text: string, { layers, configuration, history }: Examination): string[] => [
  ...layers.flatMap(({ content }, at) =>
    content.includes(text) ? [`layer ${at + 1} of ${layers.length}`] : [],
  ),
  ...(configuration.includes(text) ? ['configuration'] : []),
  ...(history.includes(text) ? ['history'] : []),
];
