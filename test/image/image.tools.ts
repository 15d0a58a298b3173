import { execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../repository.files.ts';

const run = promisify(execFile);
const works = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
const bases = readFileSync(join(root, 'docker/Dockerfile'), 'utf8').match(/(?<=^FROM )\S+/gm) ?? [];
const hasBases = (): boolean =>
  bases.every((base) => spawnSync('podman', ['image', 'exists', base], { stdio: 'ignore' }).status === 0);

/** More arguments for `podman run`, one a line: where the default runtime or limits don't fit the machine. */
const runFlags = (process.env['IMAGE_RUN_FLAGS'] ?? '').split('\n').filter(Boolean);

/** Why no image can be built and run here, or undefined: for `describe.skipIf`. */
export const imageMissing: string | undefined = missing();

function missing(): string | undefined {
  if (!works('podman') || !works('buildah')) return 'needs podman and buildah on the PATH';
  // Flags may bring bases along; nothing is fetched for a test.
  if (process.env['IMAGE_BUILD_FLAGS'] || hasBases()) return undefined;
  return `the base images aren't here: podman pull ${bases.join(' ')}`;
}

/** Builds as `npm run image` does. @returns the image's id */
export async function buildImage(tag: string, ...builderArguments: string[]): Promise<string> {
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
  await run(
    'npm',
    ['run', '--silent', 'image', '--', '--builder', 'buildah', '--tag', tag, '--', ...builderArguments],
    options,
  );
  return (await podman('image', 'inspect', '--format', '{{.Id}}', tag)).trim();
}

export const podman = async (...args: string[]): Promise<string> =>
  (await run('podman', args, { maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' })).stdout;

/** As the manifests have it: nothing writable, no right, no capability; and no network unless it is said. */
const hardened = [
  '--read-only',
  '--read-only-tmpfs=false',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--user=65532:65532',
];

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface RunningContainer {
  readonly ended: Promise<Ended>;
  stop(): void;
}

/** Starts a container; its output is kept. @param flags of podman's; the network is none unless they name one */
export function startContainer(
  image: string,
  args: readonly string[],
  flags: readonly string[] = [],
): RunningContainer {
  const network = flags.some((flag) => flag.startsWith('--network')) ? [] : ['--network=none'];
  const command = [
    'run',
    '--rm',
    ...runFlagsBefore('run'),
    ...hardened,
    ...network,
    ...flags,
    image,
    ...args,
  ];
  const child = spawn('podman', [...runFlagsBefore('podman'), ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
  return { ended, stop: () => void child.kill('SIGTERM') };
}

/** `--runtime` belongs to podman itself, the other flags to its `run`. */
const runFlagsBefore = (place: 'podman' | 'run'): string[] =>
  runFlags.filter((flag) => flag.startsWith('--runtime=') === (place === 'podman'));
