import { describe, expect, it } from 'vitest';
import { readTexts } from '../../repository.files.ts';
import { scanners } from '../scanners/index.ts';
import { exceptionsFile, parseExceptions } from './exception.list.ts';
import { applyExceptions } from './exception.match.ts';
import { withNames } from './exception.names.ts';

const names = scanners.map(({ name }) => name);
const entry = `
- scanner: trivy
  id: KSV-0001
  resource: Deployment/some-*
  reason: A reason that convinces a reader.
  expires: 2027-01-31
`;
const finding = {
  scanner: 'trivy',
  id: 'KSV-0001',
  resource: 'Deployment/some-service',
  message: 'm',
  inputs: ['k8s/overlays/kind'],
};
const today = '2026-11-24';

describe('the list of exceptions', () => {
  it('is read, the committed one too', () => {
    expect(parseExceptions(entry, names)).toHaveLength(1);
    expect(parseExceptions('', names)).toEqual([]);
    const committed = readTexts(/^k8s\/scan-exceptions\.yaml$/).get(exceptionsFile);
    expect(parseExceptions(committed ?? 'missing', names).length).toBeGreaterThan(0);
  });

  it.each([
    ['an unknown scanner', entry.replace('trivy', 'trivvy')],
    ['a field nobody knows', `${entry}  severity: low\n`],
    ['a missing reason', entry.replace(/ {2}reason.*\n/, '')],
    ['a reason that is none', entry.replace('A reason that convinces a reader.', 'ok')],
    ['a day that never comes', entry.replace('2027-01-31', '2027-02-31')],
    ['no day', entry.replace('2027-01-31', 'never')],
    ['a resource without kind', entry.replace('Deployment/', '')],
  ])('is refused with %s', (_, text) => {
    expect(() => parseExceptions(text, names)).toThrow(exceptionsFile);
  });
});

describe('an exception', () => {
  const exceptions = parseExceptions(entry, names);

  it('covers its finding until its last day', () => {
    for (const day of [today, '2027-01-31']) {
      expect(applyExceptions([finding], exceptions, ['trivy'], day)).toEqual({
        findings: [],
        excepted: [finding],
        problems: [],
      });
    }
  });

  it.each([
    ['another scanner', { ...finding, scanner: 'checkov' }],
    ['another rule', { ...finding, id: 'KSV-0002' }],
    ['another resource', { ...finding, resource: 'Deployment/frontend' }],
  ])('covers no finding of %s', (_, other) => {
    expect(applyExceptions([other], exceptions, [], today).findings).toEqual([other]);
  });

  it('that has expired covers nothing and fails by itself', () => {
    const { findings, problems } = applyExceptions([finding], exceptions, ['trivy'], '2027-02-01');
    expect(findings).toEqual([finding]);
    expect(problems).toEqual(['exception trivy KSV-0001 Deployment/some-* expired on 2027-01-31']);
  });

  it('that its scanner no longer needs fails, but only where the scanner has looked', () => {
    expect(applyExceptions([], exceptions, ['trivy'], today).problems).toEqual([
      "exception trivy KSV-0001 Deployment/some-* isn't needed any more: take it away",
    ]);
    expect(applyExceptions([], exceptions, ['checkov'], today).problems).toEqual([]);
  });
});

describe('a placeholder', () => {
  const [exception] = parseExceptions(entry.replace('some-*', '{service}'), names);
  const left = (service: string[], resource: string) =>
    applyExceptions(
      [{ ...finding, resource }],
      withNames(exception === undefined ? [] : [exception], { service, caller: ['frontend'] }),
      ['trivy'],
      today,
    );

  it('stands for every service, and for nothing else', () => {
    for (const services of [['one-api'], ['one-api', 'two-api']]) {
      expect(left(services, 'Deployment/one-api')).toMatchObject({ findings: [], problems: [] });
      expect(left(services, 'Deployment/frontend').findings).toHaveLength(1);
      expect(left(services, 'Deployment/three-api').problems).toHaveLength(1);
    }
    expect(left(['one-api', 'two-api'], 'Deployment/two-api').findings).toEqual([]);
  });

  it('makes an entry about nothing where there is none of its kind', () => {
    const { findings, problems } = left([], 'Deployment/one-api');
    expect(findings).toHaveLength(1);
    expect(problems).toEqual([]);
  });
});
