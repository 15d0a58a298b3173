import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLayout } from './image.report.ts';

describe('the report on an image', () => {
  let folder: string;
  const layer = Buffer.from('application '.repeat(1_000));
  const put = (content: Buffer | object): { digest: string } => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const name = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(folder, 'blobs/sha256', name), bytes);
    return { digest: `sha256:${name}` };
  };
  const putIndex = (manifest: { digest: string }): void =>
    writeFileSync(join(folder, 'index.json'), JSON.stringify({ manifests: [manifest] }));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layout-'));
    mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['compressed', gzipSync(layer)],
    ['uncompressed', layer],
  ])(
    'has the digest of its manifest, and the compressed size of a last layer that lies there %s',
    (_, last) => {
      const manifest = put({ layers: [put(Buffer.from('base')), put(last)] });
      putIndex(manifest);
      expect(readLayout(folder)).toEqual({ digest: manifest.digest, layerBytes: gzipSync(layer).length });
    },
  );

  it('finds the manifest below a list of platforms', () => {
    const manifest = put({ layers: [put(gzipSync(layer))] });
    putIndex(put({ manifests: [manifest] }));
    expect(readLayout(folder)?.digest).toBe(manifest.digest);
  });

  it('is missing where the archive is of another kind', () => {
    expect(readLayout(folder)).toBeUndefined();
    putIndex(put({ layers: [] }));
    expect(readLayout(folder)).toBeUndefined();
  });
});
