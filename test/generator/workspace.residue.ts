import { referenceAnswers, type Answers } from 'generator-secure-backend/answers';
import { findResidue } from 'generator-secure-backend/rename';
import { templateNames } from 'generator-secure-backend/template';
import type { FileTree } from 'generator-secure-backend/tree';
import type { Finding } from '../finding.ts';

// What stays behind, or is only this repository's own.
const foreign = new RegExp(
  [
    referenceAnswers.namespace,
    'registry\\.example\\.com',
    String.raw`\btest/(?:generator|performance|ci)\b`,
    String.raw`(?<![\w/])\.ci\b`,
  ].join('|'),
  'gi',
);

function foreignIn(path: string, text: string): Finding[] {
  return [...text.matchAll(foreign)].map(({ 0: found, index }) => ({
    path,
    line: text.slice(0, index).split('\n').length,
    message: `left over: ${found}`,
  }));
}

/** The names that a file bears: its service's, or the first one's where services share it. */
const namesIn = (path: string, { services }: Answers) => {
  const owner = services.find(
    ({ name }) => path.startsWith(`apps/${name}/`) || path.startsWith(`k8s/services/${name}/`),
  );
  const { name, resource, plural } = owner ?? services[0]!;
  return { service: name, resource, ...(plural !== undefined && { plural }) };
};

/** What is left of the template in a stamped workspace, in its paths and in its bytes. */
export const residueIn = (tree: FileTree, answers: Answers): Finding[] =>
  [...tree].flatMap(([path, { contents }]) => {
    // Latin-1 keeps every byte, so that leftovers in files that are no text are found too.
    const texts = [path, contents.toString('latin1')];
    return texts.flatMap((text) => [
      ...foreignIn(path, text),
      ...findResidue(text, templateNames, namesIn(path, answers)).map(({ line, found }) => ({
        path,
        line,
        message: `left over: ${found}`,
      })),
    ]);
  });
