import { posix } from 'node:path';
import type { ESTree } from 'vite';
import type { Texts } from '../repository.files.ts';
import { lineAt, walk } from './source.syntax.ts';

/** One import, also of types only: a type ties two folders together as much as a value. */
export interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The file a relative import leads to; undefined for a package. */
  readonly to: string | undefined;
  readonly line: number;
}

const isRelative = (specifier: string): boolean => /^\.\.?(?:\/|$)/.test(specifier);

/** The imports and re-exports of one file: static, dynamic, `import('x')` types and `require`. */
export function importsOf(from: string, text: string): Import[] {
  const imports: Import[] = [];
  const add = (source: ESTree.Node | null | undefined): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    const { value: specifier, start } = source;
    const to = isRelative(specifier) ? posix.join(posix.dirname(from), specifier) : undefined;
    imports.push({ from, specifier, to, line: lineAt(text, start) });
  };
  walk(from, text, {
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [argument] }) => {
      if (callee.type === 'Identifier' && callee.name === 'require') add(argument);
    },
  });
  return imports;
}

/** The package of a bare specifier: `@nestjs/common` for `@nestjs/common/internal`. */
export const packageOf = (specifier: string): string =>
  /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Every import of a set of files. */
export const buildGraph = (texts: Texts): Import[] =>
  [...texts].flatMap(([path, text]) => importsOf(path, text));
