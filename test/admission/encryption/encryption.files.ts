import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../repository.files.ts';

const run = promisify(execFile);
const writer = join(root, 'k8s/cluster/encryption/configuration.writer.mjs');

/** What the documented command did. */
export interface WrittenConfiguration {
  readonly text: string;
  readonly mode: number;
  /** All it said. */
  readonly output: string;
  /** Whether a second run left the file alone. */
  readonly isKept: boolean;
}

/** Runs the command that puts a fresh key into our EncryptionConfiguration. */
export async function writeConfiguration(): Promise<WrittenConfiguration> {
  const folder = await mkdtemp(join(tmpdir(), 'encryption-'));
  try {
    const file = join(folder, 'encryption.yaml');
    const { stdout, stderr } = await run(process.execPath, [writer, file]);
    const text = await readFile(file, 'utf8');
    const { mode } = await stat(file);
    const isRefused = await run(process.execPath, [writer, file]).then(
      () => false,
      () => true,
    );
    const isKept = isRefused && (await readFile(file, 'utf8')) === text;
    return { text, mode: mode & 0o777, output: stdout + stderr, isKept };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const ourEncryption = async (): Promise<string> => (await writeConfiguration()).text;
