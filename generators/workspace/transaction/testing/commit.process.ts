import { setTimeout } from 'node:timers/promises';
import { commitTree } from '../commit.tree.ts';
import { recoverFolder } from '../folder.recovery.ts';
import { sampleChanges } from './sample.changes.ts';

// Makes the sample's changes, or takes them back, and gives itself a signal before the step of a number; '-' is none.
const [folder = '', verb = 'commit', at = '-', signal = 'SIGINT'] = process.argv.slice(2);

let steps = 0;
const step = async (name: string): Promise<void> => {
  process.stdout.write(`${name}\n`);
  if (String(steps++) !== at) return;
  process.kill(process.pid, signal);
  // Until it has arrived, if this process survives it.
  await setTimeout(50);
};

try {
  if (verb === 'commit') await commitTree(folder, sampleChanges, { step });
  else for (const sentence of await recoverFolder(folder)) process.stdout.write(`${sentence}\n`);
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
}
