import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWithNx } from './service.build.ts';
import { findService } from './workspace.service.ts';

const NODE_MODULES = resolve(import.meta.dirname, '../../../../node_modules');

describe('the build of a service', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'local-stack-build-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const build = async (script: string, signal = new AbortController().signal) => {
    await mkdir(join(root, 'apps', 'demo'), { recursive: true });
    await writeFile(join(root, 'nx.json'), '{"analytics":false,"useDaemonProcess":false}');
    await writeFile(join(root, 'package.json'), '{"name":"root","private":true,"workspaces":["apps/*"]}');
    const manifest = { name: 'demo', version: '0.0.0', scripts: { build: script } };
    await writeFile(join(root, 'apps', 'demo', 'package.json'), JSON.stringify(manifest));
    await buildWithNx(root, await findService(root), signal);
  };

  it('leaves what is to be run', async () => {
    await symlink(NODE_MODULES, join(root, 'node_modules'));
    await expect(build('mkdir -p dist && touch dist/main.js')).resolves.toBeUndefined();
  });

  it('shows its output when it fails', async () => {
    await symlink(NODE_MODULES, join(root, 'node_modules'));
    await expect(build('echo the reason; exit 1')).rejects.toThrow(/demo can't be built:[\s\S]*the reason/);
  });

  it('is not finished when it leaves nothing to be run', async () => {
    await symlink(NODE_MODULES, join(root, 'node_modules'));
    await expect(build('true')).rejects.toThrow(/left no .*main\.js/);
  });

  it('stops when the start is interrupted', async () => {
    await symlink(NODE_MODULES, join(root, 'node_modules'));
    await expect(build('sleep 20', AbortSignal.timeout(1500))).rejects.toThrow('aborted due to timeout');
  });

  it('names the cure when nothing is installed', async () => {
    await expect(build('true')).rejects.toThrow('run "npm ci" first');
  });
});
