import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The image that is taken when no program is installed. */
export const IMAGE =
  'openbao/openbao:2.7.1@sha256:6d2b93856e3fcf7b18ad855a0b51eaba474dc8b79cf554379ea32034797d2acf';

/** What a program gets of our environment; VAULT_ and BAO_ variables would change what it does. */
const KEPT = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];
const KEPT_BY_CONTAINERS = [
  'DOCKER_HOST',
  'DOCKER_CONFIG',
  'DOCKER_CONTEXT',
  'XDG_RUNTIME_DIR',
  'CONTAINER_HOST',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** How this machine runs a development server. */
export interface VaultProgram {
  /** For the reader: `bao`, `vault`, or the runtime and image. */
  name: string;
  command: string;
  /** @param directories what the server has to read; a container sees nothing else of this machine */
  args(port: number, directories: readonly string[]): string[];
  env: Record<string, string>;
}

/** `bao` or `vault` from the PATH, else a container of OpenBao; undefined when neither is to be had. */
export function findVault(env: Environment = process.env): VaultProgram | undefined {
  const installed = ['bao', 'vault'].find((name) => isOnPath(name, env));
  if (installed) return { name: installed, command: installed, args: serverArgs, env: pick(env, KEPT) };
  const runtime = runtimes(env).find((name) => hasImage(name, env));
  return runtime ? inContainer(runtime, env) : undefined;
}

/** What is missing for a Vault on this machine and how to get it, in one sentence; undefined when nothing is. */
export function vaultMissing(env: Environment = process.env): string | undefined {
  if (findVault(env)) return undefined;
  const [runtime] = runtimes(env);
  const install = 'install OpenBao (https://openbao.org) or Vault so that it is on the PATH';
  return runtime
    ? `neither bao nor vault is on the PATH, and ${runtime} has no image of OpenBao: ${install}, or run: ${runtime} pull ${IMAGE}`
    : `neither bao nor vault is on the PATH: ${install}`;
}

function serverArgs(port: number): string[] {
  // No token as an argument, where every user of this machine could read it; none in the home directory either.
  return ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`];
}

function inContainer(runtime: string, env: Environment): VaultProgram {
  return {
    name: `${runtime} run ${IMAGE}`,
    command: runtime,
    // On the machine's own network, because Postgres is on its loopback interface.
    args: (port, directories) => [
      'run',
      '--rm',
      '--pull=never',
      '--network=host',
      '--entrypoint=bao',
      ...directories.map((directory) => `--volume=${directory}:${directory}:ro`),
      IMAGE,
      ...serverArgs(port),
    ],
    env: pick(env, [...KEPT, ...KEPT_BY_CONTAINERS]),
  };
}

/** Elsewhere than on Linux a container has a network of its own, whatever it is told. */
function runtimes(env: Environment): string[] {
  return process.platform === 'linux' ? ['docker', 'podman'].filter((name) => isOnPath(name, env)) : [];
}

function hasImage(runtime: string, env: Environment): boolean {
  const options = {
    env: pick(env, [...KEPT, ...KEPT_BY_CONTAINERS]),
    stdio: 'ignore',
    timeout: 10_000,
  } as const;
  return spawnSync(runtime, ['image', 'inspect', IMAGE], options).status === 0;
}

function isOnPath(name: string, env: Environment): boolean {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (env['PATH'] ?? '').split(delimiter).some((folder) => folder && isExecutable(join(folder, file)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function pick(env: Environment, names: readonly string[]): Record<string, string> {
  const pairs = names.map((name) => [name, env[name]] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => Boolean(pair[1])));
}
