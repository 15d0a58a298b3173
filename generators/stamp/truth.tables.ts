import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { truthTablesOf } from '../../test/tables/index.ts';
import { textFile, writeTree, type FileTree } from '../tree/index.ts';

/** What the tables are evaluated from. */
export const isRendered = (path: string): boolean =>
  /^(?:k8s|libs\/local-stack\/src\/identities\/sql)\//.test(path);

/** Why no truth table can be written here, or undefined. */
export const tablesMissing = (): string | undefined =>
  spawnSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'There is no kubectl on the PATH (https://kubernetes.io/docs/tasks/tools/).';

/**
 * The truth tables of a workspace that may not be on the disk yet: who reaches whom, and who may do what.
 * @throws with kustomize's own words when a manifest can't be rendered
 */
export async function renderTables(workspace: FileTree): Promise<FileTree> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-backend-tables-'));
  try {
    writeTree(folder, new Map([...workspace].filter(([path]) => isRendered(path))));
    const tables = await truthTablesOf(folder);
    return new Map([...tables].map(([path, text]) => [path, textFile(text)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
