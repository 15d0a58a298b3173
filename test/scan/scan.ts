import { joinHits, type ScanFinding } from './report/scan.finding.ts';
import type { ScanInput, Scanner } from './scanners/scanner.ts';
import { runScanner } from './scanners/scanner.run.ts';

/** What one scanner has done. */
export interface ScannerResult {
  readonly scanner: string;
  /** How many inputs it has read. */
  readonly inputs: number;
  readonly findings: readonly ScanFinding[];
  /** Why its silence wouldn't mean anything. */
  readonly problems: readonly string[];
  readonly seconds: number;
}

/**
 * Lets one scanner read all inputs of its kinds, and first the planted ones: where it finds nothing in those, what it says about
 * the others is worthless.
 */
export async function scanWith(
  scanner: Scanner,
  inputs: readonly ScanInput[],
  planted: readonly ScanInput[],
  registries: readonly string[],
): Promise<ScannerResult> {
  const start = Date.now();
  const own = inputs.filter(({ kind }) => scanner.reads.includes(kind));
  const controls = planted.filter(({ kind }) => own.some((input) => input.kind === kind));
  const problems: string[] = [];
  const read = async (input: ScanInput) => {
    try {
      return await runScanner(scanner, input, registries);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  for (const control of controls) {
    const hits = await read(control);
    if (hits?.length === 0) problems.push(`${scanner.name} finds nothing wrong with ${control.name}`);
  }
  const hits = [];
  for (const input of problems.length === 0 ? own : []) {
    for (const hit of (await read(input)) ?? []) hits.push({ ...hit, input: input.name });
  }
  return {
    scanner: scanner.name,
    inputs: own.length,
    findings: joinHits(scanner.name, hits),
    problems,
    seconds: (Date.now() - start) / 1000,
  };
}
