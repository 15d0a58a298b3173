import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Recorded } from '../answers/index.ts';
import { renderWorkspace } from '../stamp/index.ts';
import { unpackTemplate, type Template } from '../template/index.ts';
import type { FileTree } from '../tree/index.ts';
import { Refusal } from '../workspace/index.ts';
import type { Caller } from './command.contract.ts';

const largestAnswer = 256 * 1024 * 1024;
const shownLines = 3;
const isWindows = process.platform === 'win32';

/**
 * What the version that stamped a workspace renders for its answers: by this generator when it is the same one, otherwise by that
 * version itself, out of the registry or out of a package file.
 * @throws Refusal when it can't be had
 */
export async function renderRecorded(
  { version, answers }: Recorded,
  template: Template,
  caller: Caller,
  base: string | boolean | undefined,
): Promise<FileTree> {
  if (typeof base !== 'string' && version === template.version) return renderWorkspace(template, answers);
  const source =
    typeof base === 'string' ? resolve(caller.folder, base) : `generator-secure-backend@${version}`;
  if (typeof base === 'string' && !existsSync(source)) {
    throw new Refusal(`There is no file ${source}. Give the package of version ${version} with --base.`);
  }
  caller.say(`Rendering what ${source} stamped …`);
  const folder = mkdtempSync(join(tmpdir(), 'secure-backend-recorded-'));
  try {
    run(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, source],
      source,
    );
    const bin = join(folder, 'node_modules/generator-secure-backend/bin/secure-backend.js');
    return unpackTemplate(run(process.execPath, [bin, 'render'], source, JSON.stringify(answers))).files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, words: readonly string[], source: string, input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    encoding: 'utf8',
    input,
    maxBuffer: largestAnswer,
    shell: isWindows && program === 'npm',
  });
  if (status === 0) return stdout;
  throw new Refusal(
    `${source} can't render what it stamped: ${(error?.message ?? stderr).trim().split('\n').slice(0, shownLines).join('\n')}\n` +
      'Get its package ("npm pack generator-secure-backend@VERSION" where there is a network) and give it with --base.',
  );
}
