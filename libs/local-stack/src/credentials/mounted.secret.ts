import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { codeOf } from '../stack.error.ts';

/** Name to content; a name is one file. */
export type SecretFiles = Readonly<Record<string, string>>;

const DATA = '..data';

/**
 * Writes a secret the way the kubelet mounts one (AtomicWriter in kubernetes/pkg/volume/util): the files lie in a folder
 * named by the time, `..data` points to that folder, every file is a link through `..data`. Renaming the new `..data` over the
 * old one changes all files at the same moment. Where links can't be made, plain files are written.
 *
 * @param directory the secret; made when it isn't there, readable by its owner only
 * @param files all of them: what isn't given is removed
 */
export async function writeMountedSecret(directory: string, files: SecretFiles): Promise<void> {
  for (const name of Object.keys(files)) assertFileName(name);
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o700);
  const folder = await writeFolder(directory, files);
  if (await pointDataTo(directory, folder)) {
    await Promise.all(Object.keys(files).map((name) => link(directory, name)));
  } else {
    await Promise.all(
      Object.keys(files).map((name) => rename(join(directory, folder, name), join(directory, name))),
    );
  }
  await removeOthers(directory, new Set([DATA, folder, ...Object.keys(files)]));
}

/**
 * All files of a mounted secret, from one and the same generation; undefined when there is no such directory.
 *
 * @returns contents without the final newline that editors leave
 */
export async function readMountedSecret(directory: string): Promise<SecretFiles | undefined> {
  const names = await unlessMissing(readdir(directory));
  if (!names) return undefined;
  // Resolved once: following each file's own link could meet two generations.
  const data = (await unlessMissing(realpath(join(directory, DATA)))) ?? directory;
  const entries = names
    .filter((name) => !name.startsWith('.'))
    .map(async (name) => {
      const content = await unlessMissing(readFile(join(data, name), 'utf8'));
      return [name, (content ?? (await readFile(join(directory, name), 'utf8'))).replace(/\n$/, '')] as const;
    });
  return Object.fromEntries(await Promise.all(entries));
}

function assertFileName(name: string): void {
  if (!/^[\w-][\w.-]*$/.test(name)) throw new Error(`"${name}" can't be a file of a mounted secret.`);
}

async function writeFolder(directory: string, files: SecretFiles): Promise<string> {
  const time = new Date()
    .toISOString()
    .replaceAll('-', '_')
    .replaceAll(':', '_')
    .replace('T', '_')
    .slice(0, 19);
  // mkdtemp makes it readable by its owner only.
  const path = await mkdtemp(join(directory, `..${time}.`));
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(path, name), content, { mode: 0o600 })),
  );
  return basename(path);
}

async function pointDataTo(directory: string, folder: string): Promise<boolean> {
  const unfinished = join(directory, '..data_tmp');
  await rm(unfinished, { force: true });
  try {
    await symlink(folder, unfinished);
  } catch (error) {
    if (codeOf(error) === 'EPERM' && process.platform === 'win32') return false;
    throw error;
  }
  await rename(unfinished, join(directory, DATA));
  return true;
}

async function link(directory: string, name: string): Promise<void> {
  const path = join(directory, name);
  if ((await unlessMissing(lstat(path)))?.isSymbolicLink()) return;
  await rm(path, { recursive: true, force: true });
  await symlink(join(DATA, name), path);
}

async function removeOthers(directory: string, kept: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(directory)).filter((name) => !kept.has(name));
  await Promise.all(others.map((name) => rm(join(directory, name), { recursive: true })));
}
