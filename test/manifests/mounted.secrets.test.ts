import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { callersOf } from '../../libs/local-stack/src/cluster-secrets/policy.callers.ts';
import { idsToRead } from '../../libs/local-stack/src/cluster-secrets/secrets.plan.ts';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf, type Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';

const services = await Promise.all(
  kustomizations.services().map(async (path) => {
    const service = basename(path);
    return { service, callers: await callersOf(root, service) };
  }),
);
const made: readonly string[] = idsToRead(services);
/** Those of callers, who may be deployed by somebody else. */
const keysOfCallers = services.flatMap(({ service, callers }) =>
  callers.map((caller) => `Secret/${caller}-${service}-key`),
);

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

  it('is made by npm run secrets, which makes nothing else but keys for callers that are not here', () => {
    expect(wanted.filter((name) => !made.includes(name))).toEqual([]);
    expect(made.filter((name) => ![...wanted, ...keysOfCallers].includes(name))).toEqual([]);
  });

  it('is explained for one service with one caller, each object by its name', () => {
    const text = readFileSync(join(root, 'docs/secrets.md'), 'utf8');
    const listed = [...text.matchAll(/^\| `((?:Secret|ConfigMap)\/[^`]+)`/gm)].map(([, name = '']) => name);
    const [, caller = '', service = ''] =
      services
        .map((each) => new RegExp(`^Secret/(.+)-(${each.service})-key$`, 'm').exec(listed.join('\n')))
        .find((found) => found !== null) ?? [];
    expect(listed.toSorted()).toEqual(idsToRead([{ service, callers: [caller] }]).toSorted());
  });
});
