import type { Judgement } from '../exceptions/exception.match.ts';
import type { ScannerResult } from '../scan.ts';

/** Everything that a run has to tell. */
export interface ScanOutcome {
  readonly results: readonly ScannerResult[];
  readonly judgement: Judgement;
  /** Scanners that had to be there. */
  readonly missing: readonly string[];
}

/** A line each for the scanners, then what fails, then the sum. */
export function reportLines({ results, judgement, missing }: ScanOutcome): string[] {
  const { findings, excepted } = judgement;
  const failures = failuresOf({ results, judgement, missing });
  const scanners = results.map(({ scanner, inputs, problems, seconds }) => {
    const found =
      problems.length > 0
        ? 'broken'
        : `${count(findings, scanner)} findings, ${count(excepted, scanner)} excepted`;
    return `${scanner.padEnd(13)} ${`${inputs} inputs`.padEnd(10)} ${found.padEnd(26)} ${seconds.toFixed(1)} s`;
  });
  const sum = `${results.length} scanners: ${findings.length} findings, ${excepted.length} excepted; ${failures.length === 0 ? 'passed' : 'FAILED'}`;
  return [...scanners, ...failures, sum];
}

const count = (list: Judgement['findings'], name: string): number =>
  list.filter(({ scanner }) => scanner === name).length;

/** What makes a run fail; empty when it passes. */
export function failuresOf({ results, judgement, missing }: ScanOutcome): string[] {
  const { findings, problems } = judgement;
  return [
    ...missing.map((name) => `FAIL ${name} has to be there and isn't on the PATH`),
    ...results.flatMap((result) => result.problems.map((problem) => `FAIL ${problem}`)),
    ...findings.map(
      ({ scanner, id, resource, message, inputs }) =>
        `FAIL ${scanner} ${id} ${resource} (${inputs.join(', ')}): ${message}`,
    ),
    ...problems.map((problem) => `FAIL ${problem}`),
  ];
}
