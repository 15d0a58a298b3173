import type { Hit } from '../scanners/scanner.ts';

/** A hit with who found it and where; the same one in several inputs is one finding. */
export interface ScanFinding extends Hit {
  readonly scanner: string;
  readonly inputs: readonly string[];
}

/** Hits of one scanner, joined over the inputs in which they are the same. */
export function joinHits(scanner: string, hits: readonly (Hit & { input: string })[]): ScanFinding[] {
  const joined = new Map<string, ScanFinding>();
  for (const { input, ...hit } of hits) {
    const key = JSON.stringify([hit.id, hit.resource, hit.message]);
    const inputs = joined.get(key)?.inputs ?? [];
    joined.set(key, { scanner, ...hit, inputs: inputs.includes(input) ? inputs : [...inputs, input] });
  }
  return [...joined.values()];
}
