import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateCommand } from 'generator-secure-backend/commands';
import { recordFile, recordOf, writeRecord } from 'generator-secure-backend/merge';
import { renderWorkspace } from 'generator-secure-backend/stamp';
import { readRepository } from 'generator-secure-backend/template';
import { type FileTree, textFile } from 'generator-secure-backend/tree';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../repository.files.ts';
import { answerSets } from './answers.matrix.ts';
import { silentCaller } from './silent.caller.ts';
import { olderMissing, readOlderTemplate } from './older.template.ts';
import { CommittedFolder } from './committed.folder.ts';

const missing = olderMissing();
const [{ answers }] = answerSets as [(typeof answerSets)[number]];
const policy = 'k8s/services/orders-api/network-policy.yaml';

describe.skipIf(missing)(`a workspace of an older version${missing ? ` (${missing})` : ''}`, () => {
  let stamped: FileTree;
  let newest: FileTree;
  let workspace: CommittedFolder;

  beforeAll(async () => {
    const older = readOlderTemplate();
    const tree = await renderWorkspace(older, answers);
    stamped = new Map([...tree, [recordFile, textFile(writeRecord(recordOf(older.version, tree)))]]);
    newest = await renderWorkspace(readRepository(root), answers);
  });
  beforeEach(() => {
    workspace = new CommittedFolder(stamped);
  });
  afterEach(() => workspace.remove());

  const text = (path: string): string => readFileSync(join(workspace.folder, path), 'utf8');
  const edit = (path: string, change: (text: string) => string): void =>
    writeFileSync(join(workspace.folder, path), change(text(path)));

  async function update(options: Record<string, boolean> = {}): Promise<{ code: number; said: string }> {
    const caller = silentCaller(workspace.folder, [], options);
    const code = await updateCommand.run(caller);
    return { code, said: caller.said.join('\n') };
  }

  it('becomes what would be stamped today, where nobody has touched it', async () => {
    expect((await update({ check: true })).code).toBe(2);
    const { code, said } = await update();
    expect(code).toBe(0);
    expect(said).toContain('From 0.0.9 to 0.1.0');
    const yours =
      /^(?:README|CHANGELOG)\.md$|^apps\/[^/]+\/(?:migrations|src\/[^/]+)\/|\/test\/(?:delivery-appointments|purchase-orders)\b/;
    const differing = [...newest].filter(
      ([path, { contents }]) =>
        !yours.test(path) &&
        (!existsSync(join(workspace.folder, path)) || text(path) !== contents.toString()),
    );
    expect(differing.map(([path]) => path)).toEqual([]);
    workspace.commit('Update');
    expect((await update({ check: true })).code).toBe(0);
    expect((await update()).said).toContain('nothing to update');
  });

  it('keeps what was changed in it, and says so', async () => {
    edit(policy, (before) => before.replace('  egress:', '  # Ours alone.\n  egress:'));
    edit('README.md', () => '# Our shop\n');
    edit('docker/Dockerfile', (before) => `${before}# Ours too.\n`);
    rmSync(join(workspace.folder, 'docs/openbao.md'));
    workspace.commit('Ours');
    const { said } = await update();
    expect(text(policy)).toContain('# Ours alone.');
    expect(text('README.md')).toBe('# Our shop\n');
    expect(text('docker/Dockerfile')).toMatch(/# Ours too\.\n$/);
    expect(existsSync(join(workspace.folder, 'docs/openbao.md'))).toBe(false);
    expect(said).toMatch(/Drift[^]*docker\/Dockerfile/);
  });

  it('has a conflict marked, never guessed, and no other update begins before it is settled', async () => {
    const changed = '.dockerignore';
    // The template took this line out since.
    edit(changed, (before) => before.replace('!generators/package.json', '!tools/package.json'));
    workspace.commit('Ours');
    const dry = await update({ 'dry-run': true });
    expect(dry.said).toContain('Nothing was changed');
    expect(workspace.git('status', '--porcelain')).toBe('');

    const { code, said } = await update();
    expect(code).toBe(1);
    expect(said).toMatch(/CONFLICT +\.dockerignore/);
    expect(text(changed)).toMatch(
      /<<<<<<< yours\n[^]*!tools\/package\.json\n[^]*=======\n[^]*>>>>>>> secure-backend-0\.1\.0/,
    );
    await expect(update()).rejects.toThrow(/commit/i);

    edit(changed, (marked) => marked.replaceAll(/^(?:<<<<<<<|=======|>>>>>>>).*\n/gm, ''));
    workspace.commit('Update');
    expect(await update()).toMatchObject({
      code: 0,
      said: expect.stringContaining('nothing to update') as string,
    });
    expect(text(changed)).toContain('!tools/package.json');
  });
});
