import { createHash, timingSafeEqual } from 'node:crypto';
import { type ApiKeyFiles, callerOf, type SecretSource } from '../../secrets/index.ts';

interface KnownKey {
  caller: string;
  digest: Buffer;
}

/** Who holds which key. Keys are compared by digest: equal lengths, constant time, no early exit. */
export class ApiKeys {
  #known: readonly KnownKey[];

  constructor(source: SecretSource<ApiKeyFiles>) {
    this.#known = knownKeys(source.current.value);
    source.subscribe((next) => {
      this.#known = knownKeys(next.value);
    });
  }

  /** The caller that the key belongs to, or undefined. */
  callerOf(key: string): string | undefined {
    const presented = digest(key);
    let caller: string | undefined;
    for (const known of this.#known) {
      if (timingSafeEqual(known.digest, presented)) {
        caller = known.caller;
      }
    }
    return caller;
  }
}

/** `<caller>.previous` is the same caller's outgoing key, valid while the file is there. */
function knownKeys(files: ApiKeyFiles): KnownKey[] {
  return Object.entries(files).map(([name, key]) => ({
    caller: callerOf(name),
    digest: digest(key),
  }));
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
