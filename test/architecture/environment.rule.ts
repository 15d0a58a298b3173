import type { ESTree } from 'vite';
import type { Finding } from '../finding.ts';
import type { Texts } from '../repository.files.ts';
import { lineAt, walk } from './source.syntax.ts';

type Node = ESTree.Node;

const nameOf = (node: Node): string | undefined => {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
};

/** `process`, `globalThis.process`, `globalThis['process']` or `import.meta`. */
const holdsEnvironment = (node: Node): boolean => {
  if (node.type === 'MetaProperty') return true;
  return nameOf(node.type === 'MemberExpression' ? node.property : node) === 'process';
};

const takesEnvironment = (pattern: Node): boolean =>
  pattern.type === 'ObjectPattern' &&
  pattern.properties.some((property) => property.type === 'RestElement' || nameOf(property.key) === 'env');

/** Every place that reads the environment, however it is spelled; also `process` under another name. */
export function environmentReads(path: string, text: string): Finding[] {
  const findings: Finding[] = [];
  const report = ({ start }: Node): void => {
    findings.push({ path, line: lineAt(text, start), message: 'reads the environment' });
  };
  walk(path, text, {
    MemberExpression: (node) => {
      if (nameOf(node.property) === 'env' && holdsEnvironment(node.object)) report(node);
    },
    VariableDeclarator: (node) => {
      if (node.init === null || node.init === undefined || !holdsEnvironment(node.init)) return;
      if (node.id.type === 'Identifier' || takesEnvironment(node.id)) report(node);
    },
    ImportDeclaration: ({ source, specifiers }) => {
      if (source.value !== 'node:process' && source.value !== 'process') return;
      for (const specifier of specifiers) {
        const named =
          specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : specifier.local.name;
        // The default export under its usual name is caught where `.env` is read.
        if (named === 'env' || (specifier.type !== 'ImportSpecifier' && named !== 'process'))
          report(specifier);
      }
    },
  });
  return findings;
}

/** The environment's readers outside the places that may be. */
export const strayEnvironmentReads = (texts: Texts, allowed: readonly RegExp[]): Finding[] =>
  [...texts]
    .filter(([path]) => !allowed.some((place) => place.test(path)))
    .flatMap(([path, text]) => environmentReads(path, text));
