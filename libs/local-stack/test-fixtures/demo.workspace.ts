import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../src/postgres/port.choice.ts';
import { readPostmasterPid } from '../src/postgres/orphan.postmaster.ts';
import { removePostgres } from '../src/postgres/index.ts';
import type { RunRecord } from '../src/start/state.directory.ts';

const FIXTURES = import.meta.dirname;
const NODE_MODULES = resolve(FIXTURES, '../../../node_modules');
const READY = 'Ctrl-C stops it.';
const PATIENCE_MS = 25_000;

/** One `npm start` in a process of its own. */
export interface DemoStart {
  child: ChildProcess;
  output: () => string;
  /** Until it says that it is ready, or has ended. */
  settled: () => Promise<void>;
  /** Exit code. */
  ended: () => Promise<number | null>;
}

/** A workspace with one built service, `demo-service`, somewhere else than this one. */
export class DemoWorkspace {
  readonly root: string;
  /** Given to every start. */
  readonly env: Record<string, string>;

  private constructor(root: string, env: Record<string, string>) {
    this.root = root;
    this.env = env;
  }

  static async open(): Promise<DemoWorkspace> {
    const root = await mkdtemp(join(tmpdir(), 'local-stack-workspace-'));
    const app = join(root, 'apps', 'demo-service');
    await mkdir(join(app, 'dist'), { recursive: true });
    await copyFile(join(FIXTURES, 'demo-service.js'), join(app, 'dist', 'main.js'));
    await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'demo-service', type: 'module' }));
    await writeFile(join(app, '.env.example'), '# what the demo is to get wrong\n# DEMO_FAILS=\n');
    await symlink(NODE_MODULES, join(root, 'node_modules'));
    const [port, management] = [await findFreePort(), await findFreePort()];
    return new DemoWorkspace(root, { PORT: String(port), MANAGEMENT_PORT: String(management) });
  }

  start(args: string[] = [], env: Record<string, string> = {}): DemoStart {
    // Not the environment of the test runner, which says NODE_ENV=test.
    const bare = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] };
    const command = [join(FIXTURES, 'start-demo.js'), this.root, ...args];
    const child = spawn(process.execPath, command, { env: { ...bare, ...this.env, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    const closed = once(child, 'close');
    return {
      child,
      output: () => output,
      settled: async () => {
        const deadline = Date.now() + PATIENCE_MS;
        while (!output.includes(READY) && child.exitCode === null && Date.now() < deadline) {
          // oxlint-disable-next-line no-await-in-loop -- polling
          await delay(20);
        }
      },
      ended: async () => {
        await closed;
        return child.exitCode;
      },
    };
  }

  /** Process ids of what runs now: the service and Postgres. */
  async pids(): Promise<number[]> {
    const record: RunRecord = JSON.parse(await readFile(join(this.root, '.local', 'running.json'), 'utf8'));
    const postmaster = await readPostmasterPid(join(this.root, '.local', 'postgres', 'data'));
    return [record.service?.pid, postmaster].filter((pid) => pid !== undefined);
  }

  async remove(): Promise<void> {
    await removePostgres(join(this.root, '.local', 'postgres'));
    await rm(this.root, { recursive: true });
  }
}
