import { referenceAnswers } from 'generator-secure-backend/answers';
import { renderWorkspace } from 'generator-secure-backend/stamp';
import { isCopied, readRepository, type Template } from 'generator-secure-backend/template';
import { textFile, type FileTree } from 'generator-secure-backend/tree';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../repository.files.ts';
import { answerSets } from './answers.matrix.ts';
import { residueIn } from './workspace.residue.ts';

const [firstSet] = answerSets;

describe('a stamped workspace', () => {
  let template: Template;
  beforeAll(() => {
    template = readRepository(root);
  });

  /** The template with one more file in it. */
  const planted = (path: string, text: string): Template => ({
    ...template,
    files: new Map([...template.files, [path, textFile(text)]]),
  });

  it('is the template byte for byte under its own names, but for what is made', async () => {
    const tree = await renderWorkspace(template, referenceAnswers);
    const copied: FileTree = new Map([...template.files].filter(([path]) => isCopied(path)));
    const differing = [...copied].filter(([path, file]) => {
      const stamped = tree.get(path);
      return stamped?.mode !== file.mode || !stamped.contents.equals(file.contents);
    });
    // It loses the dependency on the generator.
    expect(differing.map(([path]) => path)).toEqual(['test/package.json']);
    expect([...tree.keys()].filter((path) => !copied.has(path)).toSorted()).toEqual([
      '.yo-rc.json',
      'CHANGELOG.md',
      'README.md',
      'package-lock.json',
      'package.json',
    ]);
  });

  it.each(answerSets)('leaves nothing of the template’s names: $title', async ({ answers }) => {
    expect(residueIn(await renderWorkspace(template, answers), answers)).toEqual([]);
  });

  it.each([
    ['a spelling that no rule knows', 'docs/a.md', 'backendapi'],
    ['a namespace in capitals', 'docs/a.md', 'DEMO-TEAM'],
    ['a namespace within a word', 'docs/a.md', 'demo-teams'],
    ['a path', 'docs/workitems.md', ''],
    ['another registry of that name', 'docs/a.md', 'https://registry.example.com'],
    ['this repository’s own checks', 'docs/a.md', 'see .ci/run'],
    ['what judges the generator', 'docs/a.md', 'see test/generator'],
  ])('is caught with a leftover: %s', async (_, path, text) => {
    if (!firstSet) throw new Error('There is no set of answers.');
    const tree = await renderWorkspace(planted(path, `# One\n\n${text}\n`), firstSet.answers);
    expect(residueIn(tree, firstSet.answers)).toHaveLength(1);
  });

  it('is the same each time', async () => {
    const [once, again] = [firstSet!.answers, firstSet!.answers].map((answers) =>
      renderWorkspace(template, answers),
    );
    expect(await once).toEqual(await again);
  });
});
