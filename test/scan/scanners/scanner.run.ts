import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { scanEnvironment } from './scan.environment.ts';
import type { Hit, ScanInput, Scanner } from './scanner.ts';

/** Longer than the slowest of them takes on a busy machine. */
const PATIENCE_MS = 300_000;

/** Whether the scanner's program is on the PATH. */
export const isPresent = ({ name }: Scanner): boolean =>
  scanEnvironment.path.split(delimiter).some((folder) => isExecutable(join(folder, name)));

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What a scanner finds in one input. Its exit code says nothing: some end with 1 when they find something, some when they break.
 * What counts is output that can be read.
 *
 * @throws Error with the scanner's own words when it breaks
 */
export async function runScanner(
  scanner: Scanner,
  input: ScanInput,
  registries: readonly string[],
): Promise<Hit[]> {
  const folder = mkdtempSync(join(tmpdir(), `scan-${scanner.name}-`));
  try {
    const report = join(folder, 'report.json');
    const args = scanner.arguments(input, { folder, report, registries });
    const { stdout, stderr } = await execute(scanner.name, args, folder);
    const output = existsSync(report) ? readFileSync(report, 'utf8') : stdout;
    try {
      return scanner.parse(output, input);
    } catch (error) {
      const words = [stderr.trim().slice(-500), error instanceof Error ? error.message : String(error)];
      throw new Error(`${scanner.name} broke on ${input.name}: ${words.join(' ').trim()}`, { cause: error });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function execute(
  name: string,
  args: readonly string[],
  folder: string,
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    // Nothing else of the environment: many scanners take options, exceptions too, from variables.
    const env = { PATH: scanEnvironment.path, HOME: folder, XDG_CONFIG_HOME: folder, TMPDIR: folder };
    const options = { cwd: folder, env, timeout: PATIENCE_MS, maxBuffer: 256 * 1024 * 1024 };
    execFile(name, [...args], options, (error, stdout, stderr) => {
      resolve({
        stdout,
        stderr: `${stderr}${error?.killed ? ' (given up)' : ''}${error?.code === 'ENOENT' ? error.message : ''}`,
      });
    });
  });
}
