import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Derives an image with one of each defect: a shell, a set-uid file, files that anybody or the service may write, a source map,
 * and a secret that is told in its configuration, and lies in a layer below one that has overwritten it.
 */
export async function spoil(image: string, spoiled: string, secret: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'image-spoiled-'));
  try {
    await writeFile(join(folder, 'file'), 'nothing');
    await writeFile(join(folder, 'secret'), secret);
    await writeFile(
      join(folder, 'Dockerfile'),
      `FROM ${image}
LABEL token=${secret}
COPY --chmod=755 file /usr/bin/sh
COPY --chmod=4755 file /usr/bin/mount
COPY --chmod=666 file /etc/open
COPY --chmod=644 --chown=65532:65532 file /etc/data
COPY --chmod=444 file /app/dist/main.js.map
COPY --chmod=444 secret /etc/token
COPY --chmod=444 file /etc/token
`,
    );
    await run('buildah', ['build', '--layers', '--pull-never', '--tag', spoiled, folder]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
