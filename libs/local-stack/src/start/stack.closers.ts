/** What has to be closed again, in reverse order; one failure doesn't keep the others from it. */
export class StackClosers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** @throws the first error, after everything was tried */
  async closeAll(): Promise<void> {
    const close = this.#closers.pop();
    if (!close) return;
    try {
      await close();
    } finally {
      await this.closeAll();
    }
  }
}
