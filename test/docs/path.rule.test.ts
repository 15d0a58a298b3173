import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './markdown.text.ts';
import { foldersAndFiles, missingPaths } from './path.rule.ts';

const known = foldersAndFiles([
  'README.md',
  'docs/guide.md',
  'package.json',
  '.tool/run',
  'apps/backend-api/README.md',
  'apps/backend-api/src/main.ts',
]);

const messagesOf = (findings: readonly { message: string }[]): string[] =>
  findings.map(({ message }) => message);

const check = (text: string, path = 'README.md') =>
  messagesOf(missingPaths(parseMarkdown(path, text), known));

describe('a path in code', () => {
  it.each([
    '`apps/backend-api/src/main.ts` `apps/backend-api/` `apps/*/src` `apps/backend-api/src/{main,gone}.ts`',
    '`bash .tool/run` and `docs/guide.md:12`.',
    '`.local/secrets/api-keys` `apps/backend-api/dist/main.js` `apps/<name>/src` `apps/NAME`',
    '`application/json` `@nestjs/common` `/v1/work-items` `and/or`',
    'apps/gone in prose',
  ])('is there, or is none: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  it('may be written from the folder of its document', () => {
    expect(check('`src/main.ts`', 'apps/backend-api/README.md')).toEqual([]);
    expect(check('`src/gone.ts`', 'apps/backend-api/README.md')).toEqual(['no such path: src/gone.ts']);
  });

  it.each([
    '`apps/gone`',
    '`k8s/cluster/`',
    '`libs/*/src`',
    '`bash .tool/gone`',
    '`GONE.md`',
    '```sh\nnode apps/gone.js\n```',
  ])('is missing: %s', (text) => {
    expect(check(text)).toHaveLength(1);
  });
});
