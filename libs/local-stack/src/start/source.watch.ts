import { type FSWatcher, watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Editors write a file in several steps; a change counts once nothing has moved for this long. */
const QUIET_MS = 200;

/** Tells when something in one of the folders has changed. */
export class SourceWatch {
  readonly #watchers: FSWatcher[];
  #next = Promise.withResolvers<void>();
  #changes = 0;

  constructor(folders: string[]) {
    this.#watchers = folders.map((folder) => watch(folder, { recursive: true }, () => this.#onChange()));
  }

  /** Resolves after the next change, or at once after one that nobody has waited for. */
  async changed(): Promise<void> {
    await this.#next.promise;
    for (let seen = -1; seen !== this.#changes;) {
      seen = this.#changes;
      // oxlint-disable-next-line no-await-in-loop -- until it is quiet
      await delay(QUIET_MS);
    }
    this.#next = Promise.withResolvers();
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }

  #onChange(): void {
    this.#changes += 1;
    this.#next.resolve();
  }
}
