import { describe, expect, it } from 'vitest';
import { deadLinks } from './link.rule.ts';
import { parseMarkdown } from './markdown.text.ts';

const known = new Set(['README.md', 'docs', 'docs/guide.md']);

const messagesOf = (findings: readonly { message: string }[]): string[] =>
  findings.map(({ message }) => message);

const check = (text: string) => {
  const guide = parseMarkdown('docs/guide.md', '# The guide\n## What it `does`, and why\n');
  return messagesOf(deadLinks([parseMarkdown('README.md', text), guide], (path) => known.has(path)));
};

describe('a link', () => {
  it.each([
    '[a](docs/guide.md)',
    '[a](docs)',
    '[a](./docs/guide.md#what-it-does-and-why)',
    '[a](https://example.org/gone) [b](mailto:a@example.org)',
    '[a]: docs/guide.md',
    '`[a](gone.md)`',
    '```\n[a](gone.md)\n```',
    '# Here\n[a](#here)',
  ])('lives: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  it.each([
    '[a](gone.md)',
    '![a](docs/gone.png)',
    '[a][b]\n\n[b]: gone.md',
    '[a](docs/guide.md#gone)',
    '[a](#gone)',
  ])('is dead: %s', (text) => {
    expect(check(text)).toHaveLength(1);
  });
});
