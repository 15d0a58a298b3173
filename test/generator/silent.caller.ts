import type { Caller } from 'generator-secure-backend/commands';

/** Whoever runs a command without a terminal; what it says is kept. */
export function silentCaller(
  folder: string,
  words: readonly string[] = [],
  options: Caller['options'] = {},
): Caller & { readonly said: string[] } {
  const said: string[] = [];
  return {
    folder,
    words,
    options,
    canAsk: false,
    ask: ({ name }) => Promise.reject(new Error(`Nobody is here to answer about ${name}.`)),
    say: (text) => void said.push(text),
    said,
  };
}
