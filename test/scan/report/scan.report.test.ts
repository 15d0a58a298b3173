import { describe, expect, it } from 'vitest';
import { joinHits } from './scan.finding.ts';
import { failuresOf, reportLines, type ScanOutcome } from './scan.report.ts';

const hit = { id: 'A1', resource: 'Service/a', message: 'is open' };
const finding = { ...hit, scanner: 'trivy', inputs: ['k8s/overlays/kind'] };
const result = { scanner: 'trivy', inputs: 1, findings: [], problems: [], seconds: 1 };
const passed: ScanOutcome = {
  results: [result],
  judgement: { findings: [], excepted: [finding], problems: [] },
  missing: [],
};

describe('the report of a scan', () => {
  it('ends with the sum', () => {
    expect(failuresOf(passed)).toEqual([]);
    expect(reportLines(passed).at(-1)).toBe('1 scanners: 0 findings, 1 excepted; passed');
  });

  it.each([
    [
      'a finding',
      { ...passed, judgement: { ...passed.judgement, findings: [finding] } },
      'FAIL trivy A1 Service/a (k8s/overlays/kind): is open',
    ],
    [
      'a problem of an exception',
      { ...passed, judgement: { ...passed.judgement, problems: ['expired'] } },
      'FAIL expired',
    ],
    ['a scanner that broke', { ...passed, results: [{ ...result, problems: ['broke'] }] }, 'FAIL broke'],
    [
      'a scanner that has to be there',
      { ...passed, missing: ['kics'] },
      "FAIL kics has to be there and isn't on the PATH",
    ],
  ])('fails by %s', (_, outcome, line) => {
    expect(failuresOf(outcome)).toEqual([line]);
    expect(reportLines(outcome).at(-1)).toMatch(/FAILED$/);
  });
});

describe('the same hit in several inputs', () => {
  it('is one finding', () => {
    const inputs = ['k8s/overlays/kind', 'k8s/overlays/staging'];
    expect(
      joinHits(
        'trivy',
        [...inputs, ...inputs].map((input) => ({ ...hit, input })),
      ),
    ).toEqual([{ ...finding, inputs }]);
  });
});
