import { afterEach } from 'vitest';
import type { OpenOptions } from '@secure-backend/chassis/secrets';
import type { OpenStore, StoreTimes, TestedStore } from '../../testing/vault/index.ts';
import { openTestSecrets, type OpenTestSecrets } from './open.test.secrets.ts';

/** Opens stores, and secrets on them, and closes all of it after each test. */
export function bench(open: OpenStore) {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) {
      await close();
    }
  });
  return {
    closers,
    openStore: async (times?: Partial<StoreTimes>): Promise<TestedStore> => {
      const store = await open(times);
      closers.push(() => store.remove());
      return store;
    },
    openOn: async (
      store: TestedStore,
      environment?: Record<string, string>,
      options?: Partial<OpenOptions>,
    ): Promise<OpenTestSecrets> => {
      const opened = await openTestSecrets(store, environment, options);
      closers.push(() => opened.secrets.close());
      return opened;
    },
  };
}

/** How often what was asked ended how: `login ok`. */
export function requests({ secrets }: OpenTestSecrets): Record<string, number> {
  const entries = secrets.vault?.requests.entries() ?? [];
  return Object.fromEntries(
    entries.map(({ labels, count }) => [`${labels.operation} ${labels.result}`, count]),
  );
}
