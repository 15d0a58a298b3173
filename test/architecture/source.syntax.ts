import { parseSync, Visitor, type VisitorObject } from 'vite';

/**
 * Walks the syntax tree of a TypeScript or JavaScript file.
 * @throws Error when the file doesn't parse: what can't be read can't be judged.
 */
export function walk(path: string, text: string, visitor: VisitorObject): void {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join('; ')}`);
  new Visitor(visitor).visit(program);
}

/** The line of an offset, counted from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
