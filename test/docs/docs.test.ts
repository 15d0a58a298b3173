import { describe, expect, it } from 'vitest';
import { readTexts, repositoryFiles } from '../repository.files.ts';
import { readPackages } from '../workspace.packages.ts';
import { dependencyTableErrors } from './dependency.table.ts';
import { deadLinks } from './link.rule.ts';
import { parseMarkdown } from './markdown.text.ts';
import { foldersAndFiles, missingPaths } from './path.rule.ts';
import { missingScripts } from './script.rule.ts';

const documents = [...readTexts(/\.md$/)].map(([path, text]) => parseMarkdown(path, text));
const known = foldersAndFiles(repositoryFiles());
const packages = readPackages();

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
    const architecture = documents.filter(({ path }) => path === 'ARCHITECTURE.md');
    expect(architecture).toHaveLength(1);
    expect(architecture.flatMap((document) => dependencyTableErrors(document, packages))).toEqual([]);
  });
});
