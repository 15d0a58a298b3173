// node configuration.writer.mjs FILE: writes the EncryptionConfiguration with a fresh key, readable by its owner only.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const [file] = process.argv.slice(2);
if (!file) throw new Error('say which file to write');

const template = await readFile(new URL('encryption-configuration.yaml', import.meta.url), 'utf8');
const key = randomBytes(32).toString('base64');
// A file that is there may hold the only key to a cluster: it is never overwritten.
await writeFile(file, template.replace('<key>', key), { mode: 0o600, flag: 'wx' });
process.stdout.write(
  `${file} is written; its key is nowhere else: keep a copy where your secrets are kept\n`,
);
