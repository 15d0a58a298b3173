import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { idsToRead } from '../../libs/local-stack/src/cluster-secrets/secrets.plan.ts';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf, type Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';

const named = (folders: readonly string[]): string[] => folders.map((path) => path.split('/').at(-1) ?? '');
const services = named(kustomizations.services());
const callers = named(kustomizations.callers());
const made = idsToRead(services, callers);

/** Every Secret and ConfigMap that is named anywhere in an object. */
function mounted(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { secretName, secret, configMap } = value as Record<string, { name?: string } | undefined>;
  const own = [
    typeof secretName === 'string' ? `Secret/${String(secretName)}` : [],
    secret?.name === undefined ? [] : `Secret/${secret.name}`,
    configMap?.name === undefined ? [] : `ConfigMap/${configMap.name}`,
  ];
  return [...own.flat(), ...Object.values(value).flatMap(mounted)];
}

const missing = kustomizeMissing;
describe.skipIf(missing)(`what the manifests mount${missing === undefined ? '' : ` (${missing})`}`, () => {
  let wanted: string[];
  beforeAll(async () => {
    const places = [...kustomizations.overlays(), ...kustomizations.dependencies()];
    const objects: Manifest[] = (await Promise.all(places.map(render))).flat();
    const rendered = new Set(['ConfigMap/kube-root-ca.crt', ...objects.map(nameOf)]);
    wanted = [...new Set(objects.flatMap(mounted))].filter((name) => !rendered.has(name));
  });

  it('is made by npm run secrets, which makes nothing else', () => {
    expect(wanted.toSorted()).toEqual(made.toSorted());
  });

  it('is explained for one service, each object by its name', () => {
    const text = readFileSync(join(root, 'docs/secrets.md'), 'utf8');
    const listed = [...text.matchAll(/^\| `((?:Secret|ConfigMap)\/[^`]+)`/gm)].map(([, name = '']) => name);
    expect(listed.toSorted()).toEqual(idsToRead(services.slice(0, 1), callers).toSorted());
  });
});
