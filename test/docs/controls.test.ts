import { describe, expect, it } from 'vitest';
import { rules } from '../manifests/rules/index.ts';
import { readTexts, repositoryFiles } from '../repository.files.ts';
import { readPackages } from '../workspace.packages.ts';
import { controlErrors, controlsDocument, type ControlFacts } from './controls.rule.ts';
import { readControls } from './controls.table.ts';
import { foldersAndFiles } from './path.rule.ts';

/** The article's network, rights, secrets, pods, images, logs and updates, then the hardening rules. */
const ids = [
  ...'N1 N2 N3 N4 R1 R2 S1 S2 P1 P2 I1 I2 I3 I4 I5 L1 U1'.split(' '),
  ...Array.from({ length: 34 }, (_, index) => String(index + 1)),
];

const text = readTexts(/^docs\/controls\.md$/).get(controlsDocument) ?? '';
const known = foldersAndFiles(repositoryFiles());
const scripts = Object.keys(readPackages().find(({ folder }) => folder === '')?.scripts ?? {});
const facts: ControlFacts = { known, scripts, ids, rules };

const messages = (document: string, other: Partial<ControlFacts> = {}): string[] =>
  controlErrors(document, { ...facts, ...other }).map(({ message }) => message);

describe('the controls', () => {
  it('name only what is there, for every clause and every rule', () => {
    expect(readControls(text, 'Clause', 'Row')).toHaveLength(ids.length);
    expect(controlErrors(text, facts)).toEqual([]);
  });

  it('are caught without a row, and with one of nothing', () => {
    const [row = ''] = /^\| N1 .*\n/m.exec(text) ?? [];
    expect(messages(text.replace(row, ''))).toEqual(['not exactly one row: N1']);
    expect(messages(text.replace(row, row + row))).toEqual(['not exactly one row: N1']);
    expect(messages(text.replace(row, row + row.replace('N1', 'N9')))).toEqual(['no such clause or row: N9']);
  });

  it.each([
    [
      'a file',
      'k8s/namespace/default-deny.yaml',
      'k8s/namespace/gone.yaml',
      'not there: k8s/namespace/gone.yaml',
    ],
    [
      'a test',
      'test/access/access.test.ts',
      'test/access/gone.test.ts',
      'not there: test/access/gone.test.ts',
    ],
    ['a rule', '`run-as-non-root`', '`run-as-non-toor`', 'no rule of this row: run-as-non-toor'],
    ['a rule of our own', '| `schema`', '| `scheme`', 'no such own rule: scheme'],
    ['a place', '| CI only |', '| somewhere |', undefined],
  ])('are caught naming %s that is none', (_, there, gone, message) => {
    expect(text).toContain(message === undefined ? 'CI only' : there);
    const found = messages(
      message === undefined
        ? text.replace(/every `npm test`, CI only/, 'somewhere')
        : text.replaceAll(there, gone),
    );
    expect(found.join('\n')).toContain(message ?? 'no such place: somewhere');
  });

  it('are caught naming a command that is none', () => {
    expect(messages(text, { scripts: [] }).join('\n')).toContain(
      'neither a test nor a command: npm run scan',
    );
  });

  it('are caught without a rule on manifests', () => {
    const added = [...rules, { id: 'new-rule', row: 7 }, { id: 'own-rule' }];
    expect(messages(text, { rules: added })).toEqual([
      '7: the rule is missing: new-rule',
      'no row has the rule own-rule',
    ]);
  });

  it('are caught claiming more than is proven', () => {
    const [row = ''] = /^\| L1 .*\n/m.exec(text) ?? [];
    const claimed = row.replace(/not proven +\|\n/, 'CI only |\n');
    expect(messages(text.replace(row, claimed))).toEqual(['L1: nothing proves it']);
  });
});
