const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * A Kubernetes quantity as a number: `250m` is 0.25, `1Ki` is 1024.
 *
 * @throws Error for what isn't one
 */
export function quantityOf(text: unknown): number {
  const [, number, suffix = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(text)) ?? [];
  const factor = factors[suffix];
  if (number === undefined || factor === undefined) throw new Error(`no quantity: ${String(text)}`);
  return Number(number) * factor;
}

/** Whether one is more than the other; where a bound is missing, another rule says so. */
export const isMore = (quantity: unknown, bound: unknown): boolean =>
  quantity !== undefined && bound !== undefined && quantityOf(quantity) > quantityOf(bound);
