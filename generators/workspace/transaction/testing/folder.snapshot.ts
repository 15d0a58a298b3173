import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...walk(path)] : [path];
  });

/** All that a folder holds, as one would see it: a line for each path with kind, permissions, time and contents. */
export const snapshot = (folder: string, { times = true } = {}): string[] =>
  walk(folder)
    .toSorted()
    .map((file) => {
      const path = file.slice(folder.length + 1);
      const stat = lstatSync(file, { bigint: true });
      const mode = stat.mode.toString(8);
      if (stat.isDirectory()) return `${path} ${mode}`;
      const contents = stat.isSymbolicLink() ? readlinkSync(file) : readFileSync(file, 'latin1');
      return `${path} ${mode} ${times ? stat.mtimeNs : ''} ${JSON.stringify(contents)}`;
    });
