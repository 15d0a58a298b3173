import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { containersOf, podsOf } from '../kubernetes/pod.view.ts';
import { readTexts } from '../repository.files.ts';
import { renderDraft, type KustomizationDraft } from './renderings/kustomization.draft.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;

/** An overlay as committed, with paths from the root. */
function overlayAt(path: string): KustomizationDraft {
  const file = `${path}/kustomization.yaml`;
  const overlay = parse(readTexts(new RegExp(`^${file}$`)).get(file) ?? '') as KustomizationDraft;
  const fromRoot = (to: string): string => posix.join(path, to);
  return {
    ...overlay,
    resources: overlay.resources?.map(fromRoot),
    components: overlay.components?.map(fromRoot),
    patches: overlay.patches?.map((patch) =>
      patch.path === undefined ? patch : { ...patch, path: fromRoot(patch.path) },
    ),
  };
}

type Part = readonly [title: string, without: KustomizationDraft];

const leftOut = <Item>(list: readonly Item[], index: number): Item[] => list.filter((_, at) => at !== index);

/** The overlay without one component or patched field at a time. */
const partsOf = (overlay: KustomizationDraft): Part[] => [
  ...(overlay.components ?? []).map((name, index, list): Part => [
    name,
    { ...overlay, components: leftOut(list, index) },
  ]),
  ...(overlay.patches ?? []).flatMap(({ patch = '[]', ...target }, index, list) => {
    const operations = parse(patch) as { path: string }[];
    return operations.map(({ path }, at): Part => {
      const others = leftOut(operations, at);
      const rest = others.length === 0 ? [] : [{ ...target, patch: stringify(others) }];
      return [
        `patch of ${path}`,
        { ...overlay, patches: [...list.slice(0, index), ...rest, ...list.slice(index + 1)] },
      ];
    });
  }),
];

describe.skipIf(kustomizeMissing !== undefined)(`what an overlay says${because}`, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'difference-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const parts = kustomizations
    .overlays()
    .flatMap((path) => partsOf(overlayAt(path)).map(([title, without]) => [path, title, without] as const));

  it.each(parts)('makes a difference: %s, %s', async (path, _, without) => {
    expect(await renderDraft(folder, without)).not.toEqual(await render(path));
  });

  it.each(kustomizations.overlays())('names no image that nothing of it runs: %s', async (path) => {
    const images = (overlayAt(path)['images'] ?? []) as { name: string; newName: string }[];
    const run = podsOf(await render(path)).flatMap((pod) =>
      containersOf(pod).map(({ container }) => container.image ?? ''),
    );
    const isRun = (newName: string): boolean => run.some((image) => image.startsWith(`${newName}:`));
    expect(images.filter(({ newName }) => !isRun(newName))).toEqual([]);
    expect(isRun('images.example.org/nobody')).toBe(false);
  });

  it.each(kustomizations.overlays())('is all there is: %s', async (path) => {
    expect(await renderDraft(folder, overlayAt(path))).toEqual(await render(path));
  });
});
