import { spawn } from 'node:child_process';

const howToGetIt = `npm run new makes another service by the generator secure-backend, which isn't installed.
Run "npm install --global generator-secure-backend" and try again, or "npx generator-secure-backend service NAME" without installing it.
`;

/**
 * `npm run new -- NAME`: hands over to the generator, which npm finds in the workspace or where packages are installed globally.
 * Sets the exit code to the generator's.
 */
export async function runNew(words: readonly string[]): Promise<void> {
  const isWindows = process.platform === 'win32';
  const child = spawn('secure-backend', ['service', ...words], { stdio: 'inherit', shell: isWindows });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') return reject(error);
      process.stderr.write(howToGetIt);
      return resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
