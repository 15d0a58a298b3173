import { matchesGlob } from 'node:path';
import type { ScanFinding } from '../report/scan.finding.ts';
import type { ScanException } from './exception.list.ts';

export interface Judgement {
  /** What no exception covers. */
  readonly findings: readonly ScanFinding[];
  readonly excepted: readonly ScanFinding[];
  /** What is wrong with the exceptions themselves. */
  readonly problems: readonly string[];
}

/**
 * Takes away what is excepted. An exception that has expired covers nothing any more; one whose scanner has looked and found nothing
 * that it covers is a leftover.
 *
 * @param ran names of the scanners that have looked
 * @param today like 2026-11-24
 */
export function applyExceptions(
  found: readonly ScanFinding[],
  exceptions: readonly ScanException[],
  ran: readonly string[],
  today: string,
): Judgement {
  const valid = exceptions.filter(({ expires }) => expires >= today);
  const isExcepted = (finding: ScanFinding) => valid.some((exception) => covers(exception, finding));
  const expired = exceptions.filter(({ expires }) => expires < today);
  const needless = exceptions.filter(
    (exception) => ran.includes(exception.scanner) && !found.some((finding) => covers(exception, finding)),
  );
  return {
    findings: found.filter((finding) => !isExcepted(finding)),
    excepted: found.filter(isExcepted),
    problems: [
      ...expired.map((exception) => `exception ${describe(exception)} expired on ${exception.expires}`),
      ...needless.map((exception) => `exception ${describe(exception)} isn't needed any more: take it away`),
    ],
  };
}

const covers = ({ scanner, id, resource }: ScanException, finding: ScanFinding): boolean =>
  finding.scanner === scanner && finding.id === id && matchesGlob(finding.resource, resource);

const describe = ({ scanner, id, resource }: ScanException): string => `${scanner} ${id} ${resource}`;
