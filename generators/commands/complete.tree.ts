import { recordFile, recordOf, writeRecord } from '../merge/index.ts';
import { renderTables, tablesMissing } from '../stamp/index.ts';
import { textFile, type FileTree } from '../tree/index.ts';

/** A workspace with what only shows once it is rendered, and the record of all that was stamped. */
export interface CompleteTree {
  readonly files: FileTree;
  /** Why there are no truth tables among it. */
  readonly missing: string | undefined;
}

/** Adds the truth tables, where there is what renders them, and the record. */
export async function completeTree(workspace: FileTree, version: string): Promise<CompleteTree> {
  const missing = tablesMissing();
  const tables = missing === undefined ? await renderTables(workspace) : [];
  const files = new Map([...workspace, ...tables]);
  const record = textFile(writeRecord(recordOf(version, files)));
  return { files: new Map([...files, [recordFile, record]]), missing };
}

/** What to do where the truth tables couldn't be written. */
export const tablesCure = (missing: string): string =>
  `${missing} With one, "npm test -w test -- tables -u" writes the truth tables of the network and of access; read and commit them.`;
