import { spawn } from 'node:child_process';

/** More arguments for `podman run`, one a line: where the default runtime or limits don't fit the machine. */
const runFlags = (process.env['IMAGE_RUN_FLAGS'] ?? '').split('\n').filter(Boolean);

/** `--runtime` belongs to podman itself, the other flags to its `run`. */
const runFlagsBefore = (place: 'podman' | 'run'): string[] =>
  runFlags.filter((flag) => flag.startsWith('--runtime=') === (place === 'podman'));

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
  /** What it has said so far. */
  output(): string;
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
  return { ended, output: () => output, stop: () => void child.kill('SIGTERM') };
}
