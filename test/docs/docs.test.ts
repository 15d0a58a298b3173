import { describe, expect, it } from 'vitest';
import { readTexts, repositoryFiles } from '../repository.files.ts';
import { type PackageFile, readPackages } from '../workspace.packages.ts';
import { dependencyTableErrors } from './dependency.table.ts';
import { deadLinks } from './link.rule.ts';
import { type Markdown, parseMarkdown } from './markdown.text.ts';
import { foldersAndFiles, missingPaths } from './path.rule.ts';
import { missingScripts } from './script.rule.ts';

const documents = [...readTexts(/\.md$/)].map(([path, text]) => parseMarkdown(path, text));
const known = foldersAndFiles(repositoryFiles());
const packages = readPackages();

/** It explains its own dependencies, since not everybody who has the rest has it. */
const generator = 'generators';

const isGenerator = ({ folder }: PackageFile): boolean => folder === generator;

function documentAt(path: string): Markdown {
  const document = documents.find((candidate) => candidate.path === path);
  if (!document) throw new Error(`There is no ${path}.`);
  return document;
}

describe('the documents', () => {
  it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])('include %s', (path) => {
    expect(documents.map((document) => document.path)).toContain(path);
  });

  it('link only to what is there', () => {
    expect(deadLinks(documents, (path) => path === '.' || known.has(path.replace(/\/$/, '')))).toEqual([]);
  });

  it('name only paths that exist', () => {
    expect(documents.flatMap((document) => missingPaths(document, known))).toEqual([]);
  });

  it('name only commands that exist', () => {
    expect(documents.flatMap((document) => missingScripts(document, packages))).toEqual([]);
  });

  it('give a reason for every direct dependency, and for no other', () => {
    const shared = packages.map((one) => (isGenerator(one) ? { ...one, dependencies: [] } : one));
    const explained = new Set(shared.flatMap(({ dependencies }) => dependencies));
    const own = packages.map((one) => ({
      ...one,
      dependencies: isGenerator(one) ? one.dependencies.filter((name) => !explained.has(name)) : [],
    }));
    expect(dependencyTableErrors(documentAt('ARCHITECTURE.md'), shared)).toEqual([]);
    for (const document of documents.filter(({ path }) => path === `${generator}/README.md`)) {
      expect(dependencyTableErrors(document, own)).toEqual([]);
    }
  });
});
