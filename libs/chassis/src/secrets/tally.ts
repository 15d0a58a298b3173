/** Counts by labels; metrics read it at each scrape. */
export class Tally<Label extends string> {
  readonly #counts = new Map<string, { labels: Readonly<Record<Label, string>>; count: number }>();

  add(labels: Readonly<Record<Label, string>>): void {
    const key = JSON.stringify(labels);
    const found = this.#counts.get(key);
    this.#counts.set(key, { labels, count: (found?.count ?? 0) + 1 });
  }

  entries(): { labels: Readonly<Record<Label, string>>; count: number }[] {
    return [...this.#counts.values()];
  }
}
