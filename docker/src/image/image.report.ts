import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BuilderName } from './image.options.ts';

export interface ImageReport {
  /** `sha256:…` of the manifest: by this a registry names the image, and a cluster asks for it. */
  readonly digest: string;
  /** Bytes of the last layer, compressed: what the service adds to its base. */
  readonly layerBytes: number;
}

interface Descriptor {
  readonly digest: string;
}

/** How a builder writes an image it has into a file, as an archive of an OCI image layout. */
const exports: Readonly<Record<BuilderName, (tag: string, file: string) => string[]>> = {
  docker: (tag, file) => ['save', `--output=${file}`, tag],
  podman: (tag, file) => ['save', '--quiet', '--format=oci-archive', `--output=${file}`, tag],
  buildah: (tag, file) => ['push', '--quiet', tag, `oci-archive:${file}`],
};

/** @returns undefined when the builder can't write such an archive, as docker before 25 can't */
export function reportOf(builder: BuilderName, tag: string): ImageReport | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'image-report-'));
  try {
    const file = join(folder, 'image.tar');
    const written = spawnSync(builder, exports[builder](tag, file), { stdio: 'ignore' });
    const unpacked = spawnSync('tar', ['-xf', file, '-C', folder], { stdio: 'ignore' });
    return written.status === 0 && unpacked.status === 0 ? readLayout(folder) : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param folder an OCI image layout of one image
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function readLayout(folder: string): ImageReport | undefined {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return undefined;
  const blobOf = (digest: string): Buffer => readFileSync(join(folder, 'blobs', digest.replace(':', '/')));
  const find = (list: string, digest?: string): ImageReport | undefined => {
    const { manifests, layers } = JSON.parse(list) as { manifests?: Descriptor[]; layers?: Descriptor[] };
    const inner = manifests?.[0]?.digest;
    if (inner !== undefined) return find(blobOf(inner).toString(), inner);
    const last = layers?.at(-1)?.digest;
    return digest === undefined || last === undefined
      ? undefined
      : { digest, layerBytes: compressedSize(blobOf(last)) };
  };
  return find(readFileSync(index, 'utf8'));
}

/** Docker's archives have layers as they lie on its disk, which may be uncompressed. */
const compressedSize = (layer: Buffer): number =>
  layer[0] === 0x1f && layer[1] === 0x8b ? layer.length : gzipSync(layer).length;
