import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { TreeFile } from '../../../tree/index.ts';
import { commitTree } from '../commit.tree.ts';
import { recoverFolder } from '../folder.recovery.ts';
import type { FolderChanges } from '../folder.changes.ts';

// Makes the changes that come in as JSON, or takes them back, and gives itself a signal before the step of a number.
const [folder = '', verb = 'commit', at = '', signal = ''] = process.argv.slice(2);

let steps = 0;
const step = async (name: string): Promise<void> => {
  process.stdout.write(`${name}\n`);
  if (String(steps++) !== at) return;
  process.kill(process.pid, signal);
  // Until it has arrived, if this process survives it.
  await setTimeout(50);
};

function readChanges(): FolderChanges {
  const { write, remove } = JSON.parse(readFileSync(0, 'utf8')) as {
    write: [string, TreeFile['mode'], string][];
    remove: string[];
  };
  return {
    write: new Map(
      write.map(([path, mode, contents]) => [path, { mode, contents: Buffer.from(contents, 'base64') }]),
    ),
    remove,
  };
}

try {
  if (verb === 'commit') await commitTree(folder, readChanges(), { step });
  else for (const sentence of await recoverFolder(folder, { step })) process.stderr.write(`${sentence}\n`);
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
}
