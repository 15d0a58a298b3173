import { describe, expect, it } from 'vitest';
import type { PackageFile } from '../workspace.packages.ts';
import { parseMarkdown } from './markdown.text.ts';
import { missingScripts } from './script.rule.ts';

const packages: PackageFile[] = [
  {
    folder: '',
    name: 'root',
    scripts: { test: '', start: '', 'test:full': '' },
    dependencies: ['zod', '@types/pg'],
  },
  { folder: 'apps/backend-api', name: 'backend-api', scripts: { build: '' }, dependencies: ['pg', 'root'] },
];

const messagesOf = (findings: readonly { message: string }[]): string[] =>
  findings.map(({ message }) => message);

const check = (text: string) => messagesOf(missingScripts(parseMarkdown('README.md', text), packages));

describe('a command of npm', () => {
  it.each([
    '`npm test` `npm start` `npm ci` `npm run test:full` `npm ci && npm start`',
    '```sh\nnpm run build -w backend-api\nnpm run build --workspace=apps/backend-api\n```',
    'In prose, npm run gone is no promise.',
  ])('exists: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  it.each([
    '`npm run gone`',
    '`npm run build`',
    '`npm run test -w backend-api`',
    '```sh\nnpm ci && npm run gone\n```',
  ])('is missing: %s', (text) => {
    expect(check(text)).toHaveLength(1);
  });
});
