import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mendLibraryLinks } from './library.links.ts';

describe('the library links of a platform package', () => {
  let root: string;
  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'local-stack-links-')), 'native');
    await mkdir(join(root, 'lib'), { recursive: true });
    await writeFile(join(root, 'lib', 'libicuuc.so.60.2'), 'library');
    const links = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }];
    await writeFile(join(root, 'pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(() => rm(join(root, '..'), { recursive: true }));

  it('are made where they are missing, by several processes at once and again', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => mendLibraryLinks(root)));
    expect([...all, await mendLibraryLinks(root)]).not.toContain(false);
    await expect(readFile(join(root, 'lib', 'libicuuc.so.60'), 'utf8')).resolves.toBe('library');
  });

  it('are none on a platform whose package lists none', async () => {
    await rm(join(root, 'pg-symlinks.json'));
    await expect(mendLibraryLinks(root)).resolves.toBe(true);
  });
});
