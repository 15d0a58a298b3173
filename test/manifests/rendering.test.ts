import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf, type Manifest } from '../kubernetes/manifest.ts';
import { readTexts } from '../repository.files.ts';
import { priorityClasses } from './rules/availability/placement.rule.ts';
import { secretsIn } from './renderings/secret.scan.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
const overlays = kustomizations.overlays();
/** An overlay that grows past this repeats its base: what it says of each service, and what of all. */
const longestOverlay = 55 + 5 * kustomizations.services().length;

/** Without what every overlay has of its own: its namespace. */
const withoutNamespace = (manifests: readonly Manifest[]): unknown => {
  const own = new Set(manifests.map(({ metadata }) => metadata.namespace ?? metadata.name));
  const text = JSON.stringify(manifests);
  return JSON.parse([...own].reduce((left, name) => left.replaceAll(`"${name}"`, '"own"'), text)) as unknown;
};

describe.skipIf(kustomizeMissing !== undefined)(`the renderings${because}`, () => {
  it('are several, and no two of them are equal', async () => {
    const all = await Promise.all(overlays.map(async (path) => withoutNamespace(await render(path))));
    expect(all.length).toBeGreaterThan(1);
    for (const [index, one] of all.entries()) {
      expect(all.findIndex((other) => isDeepStrictEqual(one, other))).toBe(index);
    }
  });

  it.each([...overlays, ...kustomizations.dependencies(), ...kustomizations.cluster()])(
    'hold no secret: %s',
    async (path) => {
      const manifests = await render(path);
      expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
      expect(manifests.flatMap((each) => secretsIn(each).map((at) => `${nameOf(each)} ${at}`))).toEqual([]);
    },
  );

  it.each([
    ['a password', () => randomBytes(24).toString('base64url')],
    ['a token in hexadecimal', () => randomBytes(32).toString('hex')],
    ['a private key', () => 'a\n-----BEGIN EC PRIVATE KEY-----\n'],
    ['a verifier', () => 'SCRAM-SHA-256$4096:aaaa'],
  ])('are caught with %s in them', async (_, make) => {
    const [first] = await render(overlays[0] ?? '');
    // Chance makes a password that looks like a word once in a while; five in a row it doesn't.
    const found = Array.from({ length: 5 }, () =>
      secretsIn({ ...first, data: { any: make() } } as unknown as Manifest),
    );
    expect(found).toContainEqual(['/data/any']);
  });

  it('have the priority classes that an administrator makes', async () => {
    const classes = (await render('k8s/cluster')).filter(({ kind }) => kind === 'PriorityClass');
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(Object.values(priorityClasses)),
    );
  });

  it('use each component', async () => {
    const texts = [...readTexts(/^k8s\/overlays\/.*kustomization\.yaml$/).values()];
    const unused = kustomizations
      .components()
      .filter((path) => !texts.some((text) => text.includes(`../../${path.replace('k8s/', '')}\n`)));
    expect(unused).toEqual([]);
  });
});

describe('the overlays', () => {
  const files = readTexts(/^k8s\/overlays\/.*\.yaml$/);

  it('hold only differences', () => {
    const lengths = [...files].filter(([, text]) => text.split('\n').length > longestOverlay);
    expect(lengths.map(([path]) => path)).toEqual([]);
    expect([...files.values()].filter((text) => /^kind: (?!Kustomization|Component)/m.test(text))).toEqual(
      [],
    );
  });

  it('name each image once, as built or released', () => {
    const named = [...files].flatMap(([path, text]) =>
      (text.match(/^ +newName: .*$/gm) ?? []).map((line) => `${path} ${line.trim()}`),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((line, index) => named.indexOf(line) !== index)).toEqual([]);
    expect([...files.values()].some((text) => /newTag: '?latest/.test(text))).toBe(false);
  });
});
