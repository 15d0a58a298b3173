import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removePostgres } from '../src/postgres/index.ts';
import { readPostmasterPid } from '../src/postgres/orphan.postmaster.ts';
import { findFreePort } from '../src/postgres/port.choice.ts';
import { keptServices, type RunRecord } from '../src/start/state.directory.ts';
import { spawnScript, type DemoStart } from './demo.start.ts';

const FIXTURES = import.meta.dirname;
const NODE_MODULES = resolve(FIXTURES, '../../../node_modules');

/** Ports that nobody uses, for one start. */
export async function freePorts(): Promise<Record<string, string>> {
  const names = ['PORT', 'MANAGEMENT_PORT', 'DATABASE_PORT'];
  const ports = names.map(async (name) => [name, String(await findFreePort())] as const);
  return Object.fromEntries(await Promise.all(ports));
}

/** A workspace with one built service, `demo-service`, somewhere else than this one. */
export class DemoWorkspace {
  readonly root: string;
  /** Given to every start: ports that no other test uses. */
  readonly env: Record<string, string>;
  #starts: DemoStart[] = [];

  private constructor(root: string, env: Record<string, string>) {
    this.root = root;
    this.env = env;
  }

  static async open(): Promise<DemoWorkspace> {
    const root = await mkdtemp(join(tmpdir(), 'local-stack-workspace-'));
    await chmod(root, 0o711);
    await symlink(NODE_MODULES, join(root, 'node_modules'));
    const workspace = new DemoWorkspace(root, await freePorts());
    await workspace.add('demo-service');
    return workspace;
  }

  /** Another built service. */
  async add(name: string): Promise<void> {
    const app = join(this.root, 'apps', name);
    await mkdir(join(app, 'dist'), { recursive: true });
    await copyFile(join(FIXTURES, 'demo-service.js'), join(app, 'dist', 'main.js'));
    const parts = ['demo.database.js', 'demo.secrets.js'];
    await Promise.all(parts.map((part) => copyFile(join(FIXTURES, part), join(app, 'dist', part))));
    await writeFile(join(app, 'package.json'), JSON.stringify({ name, type: 'module' }));
    await writeFile(join(app, '.env.example'), '# what the demo is to get wrong\n# DEMO_FAILS=\n');
  }

  /** What starts of a service keep. */
  stateOf(service = 'demo-service'): string {
    return join(this.root, '.local', service);
  }

  start(args: string[] = [], env: Record<string, string> = {}): DemoStart {
    const start = spawnScript('start-demo.js', this.root, args, { ...this.env, ...env });
    this.#starts.push(start);
    return start;
  }

  /** A start that has come up. */
  async ready(args?: string[], env?: Record<string, string>): Promise<DemoStart> {
    const start = this.start(args, env);
    await start.settled();
    if (!/^\S+ is ready\.$/m.test(start.output())) throw new Error(`It isn't ready:\n${start.output()}`);
    return start;
  }

  /** What a start says that fails as it should: exit code 1, no stack trace. */
  async refusal(args?: string[], env?: Record<string, string>): Promise<string> {
    const start = this.start(args, env);
    const code = await start.ended();
    if (code !== 1 || /^\s+at /m.test(start.output()))
      throw new Error(`Exit code ${code}:\n${start.output()}`);
    return start.output();
  }

  /** `npm run rotate`, to its end. */
  async rotate(
    ...args: string[]
  ): Promise<{ code: number | null; output: string; last: string | undefined }> {
    const rotation = spawnScript('rotate-demo.js', this.root, args, {});
    this.#starts.push(rotation);
    const code = await rotation.ended();
    const output = rotation.output();
    return { code, output, last: output.trimEnd().split('\n').at(-1) };
  }

  /** Process ids of what runs now: the service and Postgres. */
  async pids(): Promise<number[]> {
    const record: RunRecord = JSON.parse(await readFile(join(this.stateOf(), 'running.json'), 'utf8'));
    const postmaster = await readPostmasterPid(join(this.stateOf(), 'postgres', 'data'));
    return [record.service?.pid, postmaster].filter((pid) => pid !== undefined);
  }

  async stopAll(): Promise<void> {
    for (const { child } of this.#starts) child.kill('SIGTERM');
    await Promise.all(this.#starts.map((start) => start.ended()));
    this.#starts = [];
  }

  async remove(): Promise<void> {
    for (const service of await keptServices(this.root)) {
      // oxlint-disable-next-line no-await-in-loop -- two at most
      await removePostgres(join(this.stateOf(service), 'postgres'));
    }
    await rm(this.root, { recursive: true });
  }
}
