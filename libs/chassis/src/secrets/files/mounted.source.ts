import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { SecretError, type SecretSource } from '../secret.source.ts';
import { readMountedDirectory } from './mounted.directory.ts';

/** A credential in a mounted directory. */
export class MountedSource<Value> implements SecretSource<Value> {
  readonly #listeners = new Set<(next: Value) => void>();
  #current: Value;

  private constructor(
    private readonly directory: string,
    private readonly schema: z.ZodType<Value>,
    first: Value,
  ) {
    this.#current = first;
  }

  /** @throws SecretError when the first value can't be read */
  static async open<Value>(directory: string, schema: z.ZodType<Value>): Promise<MountedSource<Value>> {
    return new MountedSource(directory, schema, await readCredential(directory, schema));
  }

  get current(): Value {
    return this.#current;
  }

  subscribe(listener: (next: Value) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Reads the directory now and announces a changed value.
   *
   * @throws SecretError when the new content can't be read; the last good value stays current
   */
  async refresh(): Promise<void> {
    const next = await readCredential(this.directory, this.schema);
    if (isDeepStrictEqual(next, this.#current)) {
      return;
    }
    this.#current = next;
    for (const listener of this.#listeners) {
      listener(next);
    }
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}

async function readCredential<Value>(directory: string, schema: z.ZodType<Value>): Promise<Value> {
  const result = schema.safeParse(await readMountedDirectory(directory));
  if (result.success) {
    return result.data;
  }
  // Zod's own messages may quote a value; the file's name and our wording can't.
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('/') || 'content'} ${reason(issue)}`,
  );
  throw new SecretError(`${directory}: ${[...new Set(problems)].join('; ')}`);
}

function reason(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return 'is missing';
  }
  return issue.code === 'invalid_key' ? 'is no valid file name' : issue.message;
}
