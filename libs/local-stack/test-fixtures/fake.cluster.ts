import { chmod, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A `kubectl` for the PATH that knows one cluster of its own, and writes down how it was called. */
export class FakeCluster {
  readonly env: Record<string, string>;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
    const path = [join(root, 'bin'), process.env['PATH'] ?? ''].join(delimiter);
    this.env = { PATH: path, FAKE_KUBECTL: join(root, 'state') };
  }

  static async open(): Promise<FakeCluster> {
    const root = await mkdtemp(join(tmpdir(), 'local-stack-kubectl-'));
    await Promise.all(['bin', 'state'].map((name) => mkdir(join(root, name))));
    const program = join(root, 'bin', 'kubectl');
    const fake = join(import.meta.dirname, 'fake-kubectl.js');
    await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${fake}" "$@"\n`);
    await chmod(program, 0o755);
    return new FakeCluster(root);
  }

  /** Command lines, one each. */
  async calls(): Promise<string> {
    return readFile(join(this.#root, 'state', 'calls.log'), 'utf8');
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true });
  }
}
