import { describe, expect, it } from 'vitest';
import { readTexts } from '../repository.files.ts';
import { hardeningRows, rowsOfText } from './hardening.table.ts';
import { ruleIds, rules } from './rules/index.ts';
import { judgedElsewhere, requirements } from './rules/requirement.catalogue.ts';

const document = readTexts(/^docs\/hardening\.md$/).get('docs/hardening.md') ?? '';

describe('the rules', () => {
  it('have ids in kebab-case, each once, and sentences for titles', () => {
    expect(ruleIds.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
    expect(ruleIds.filter((id, index) => ruleIds.indexOf(id) !== index)).toEqual([]);
    expect(rules.filter(({ title }) => !/^[A-Z].* .*[^.]$/.test(title))).toEqual([]);
  });

  it('cover every requirement, or say who does', () => {
    const rows = Object.keys(requirements).map(Number);
    expect(rows).toHaveLength(34);
    const covered = new Set([...rules.map(({ row }) => row), ...Object.keys(judgedElsewhere).map(Number)]);
    expect(rows.filter((row) => !covered.has(row))).toEqual([]);
    expect(rules.filter(({ row }) => row !== undefined && requirements[row] === undefined)).toEqual([]);
  });

  it('stand in docs/hardening.md as they are', () => {
    // The expected rows are the document's: copy them there, then run npm run format.
    expect(rowsOfText(document)).toEqual(hardeningRows(rules));
  });

  it('are missed there when one is gone or changed', () => {
    const [first, ...others] = rules;
    expect(rowsOfText(document)).not.toEqual(hardeningRows(others));
    expect(first === undefined ? [] : hardeningRows([{ ...first, title: 'Another' }, ...others])).not.toEqual(
      rowsOfText(document),
    );
  });
});
