import { lstatSync, type Stats } from 'node:fs';

const absent = ['ENOENT', 'ENOTDIR'];

/** What is at a path, links not followed; undefined when there is nothing, or a file where a folder would have to be. */
export function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.includes(String(error.code))) return undefined;
    throw error;
  }
}
