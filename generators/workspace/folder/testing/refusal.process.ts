import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { refuseNewWorkspace } from '../new.workspace.ts';

// Prints why no workspace can be stamped into a folder that can't be written to.
const [folder = '', obstacle = ''] = process.argv.slice(2);
const nobody = 65_534;

if (obstacle === 'read-only') {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'none', folder]);
} else {
  chmodSync(folder, obstacle === 'unreadable' ? 0o300 : 0o555);
  if (process.getuid?.() === 0) process.setuid?.(nobody);
}
process.stdout.write(refuseNewWorkspace(folder) ?? 'none');
