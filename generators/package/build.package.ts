import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packedTemplate, packTemplate, readRepository } from '../template/index.ts';

const generator = join(import.meta.dirname, '..');
const root = join(generator, '..');
const built = join(generator, 'dist/generators');

const entries = ['app/index', 'service/index', 'resource/index', 'update/index', 'shell/program'];

/**
 * Makes what is published: JavaScript, since Node runs no TypeScript below node_modules, and the template in one file. The
 * evaluators of the truth tables, which lie outside of this package, come along in it.
 */
async function buildPackage(): Promise<void> {
  rmSync(join(generator, 'dist'), { recursive: true, force: true });
  await build({
    absWorkingDir: generator,
    entryPoints: entries.map((entry) => ({ in: `${entry}.ts`, out: entry })),
    outdir: built,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    // As deep as the entries, so that the template is one folder up from wherever its reader lands.
    chunkNames: 'code/[name]-[hash]',
    logLevel: 'warning',
  });
  writeFileSync(join(built, packedTemplate), packTemplate(readRepository(root)));
  copyFileSync(join(root, 'LICENSE'), join(generator, 'dist/LICENSE'));
}

await buildPackage();
