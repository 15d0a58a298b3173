import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A built service in a process of its own. */
export interface ServiceProcess {
  url: string;
  managementUrl: string;
  pid: number;
  /** Standard output and error so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Exit code, once it has ended; null when a signal ended it. */
  exited: Promise<number | null>;
}

export interface ProcessOptions {
  /** The whole environment, apart from what a process needs to run at all. */
  environment: Readonly<Record<string, string>>;
  managementPort: number;
  /** Arguments of Node itself. */
  nodeArguments?: readonly string[];
}

/**
 * Runs `dist/main.js` below the service's root until it is ready.
 *
 * @throws Error with the output when it ends before that
 */
export async function startServiceProcess(root: URL, options: ProcessOptions): Promise<ServiceProcess> {
  const main = fileURLToPath(new URL('dist/main.js', root));
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), main], {
    env: { ...options.environment, MANAGEMENT_PORT: String(options.managementPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const port = await portOnceReady(child, () => output);
  return {
    url: `http://127.0.0.1:${port}`,
    managementUrl: `http://127.0.0.1:${options.managementPort}`,
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => void child.kill(name),
    exited,
  };
}

async function portOnceReady(child: ChildProcess, output: () => string): Promise<number> {
  for (;;) {
    const ready = /"server\.port":(\d+),"body":"service is ready"/.exec(output());
    if (ready !== null) {
      return Number(ready[1]);
    }
    if (child.exitCode !== null) {
      throw new Error(`the service ended with ${child.exitCode}:\n${output()}`);
    }
    await delay(20);
  }
}
