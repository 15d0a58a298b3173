import { spawn } from 'node:child_process';

/**
 * Runs a command in a folder, as npm would: with the installed tools first on the path.
 * @returns undefined when it succeeds, otherwise all that it printed.
 */
export function failureIn(folder: string, command: string): Promise<string | undefined> {
  // A test runner inside a test runner must not take itself for one of the outer one's workers.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|NODE_ENV$|TEST$|npm_|GIT_)/.test(name),
  );
  const child = spawn('npm', ['exec', '--offline', '-c', command], {
    cwd: folder,
    env: Object.fromEntries(inherited),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve(code === 0 ? undefined : `${command} ended with ${code}\n${output}`),
    );
  });
}
