import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneMissing, skipReason } from '../admission/server/control.plane.ts';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { builtIn } from './access.table.ts';
import { openAuthorizingServer, type AuthorizingServer } from './authorizing.server.ts';
import { questionsAbout } from './questions.ts';
import { caseOf, type Case } from './random.rights.ts';
import { misreadings } from './rights.misreadings.ts';
import { isAllowed } from './rights.ts';
import { subjectsOf, type Subject } from './subjects.ts';

const sets = 80;
const seed = 20_261_124;
const cases = Array.from(
  { length: sets },
  (_, index) => fc.sample(caseOf(index), { seed: seed + index, numRuns: 1 })[0],
).filter((made) => made !== undefined);

const deployed = [...kustomizations.overlays(), 'k8s/dependencies/openbao'];
const isNamespace = ({ kind }: Manifest): boolean => kind === 'Namespace';
const matters = /^(?:Namespace|(?:Cluster)?Role(?:Binding)?)$/;
const namespace = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

/** People, and of accounts one of each kind: to the API server those of thirty services are thirty times the same. */
function differing(objects: readonly Manifest[]): Subject[] {
  const kindOf = ({ account }: Subject): string | undefined =>
    objects.find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === account?.name)
      ?.metadata.labels?.['app.kubernetes.io/component'];
  const kinds = new Set<string>();
  return subjectsOf(objects).filter((subject) => {
    const kind = kindOf(subject) ?? subject.user;
    return !kinds.has(kind) && kinds.add(kind);
  });
}

/** All that the committed tables ask, of one deployment. */
async function asked(path: string): Promise<Case> {
  const objects = await render(path);
  const home = objects.find(({ kind }) => kind === 'Namespace')?.metadata.name;
  return {
    objects: objects.filter(({ kind }) => matters.test(kind)),
    asked: differing(objects).flatMap((subject) =>
      questionsAbout(objects).flatMap(({ group, resource, isOfCluster, verbs = [] }) =>
        verbs.map((verb) => ({
          subject,
          request: { verb, group, resource, namespace: isOfCluster ? undefined : home },
        })),
      ),
    ),
  };
}

const verdicts = (all: readonly Case[], read = (object: Manifest): Manifest => object): boolean[] =>
  all.flatMap((made) => {
    const objects = [...made.objects.map((object) => read(object)), ...builtIn];
    return made.asked.map(({ subject, request }) => isAllowed(objects, subject, request));
  });

const differences = (all: readonly Case[], ours: readonly boolean[], answered: readonly boolean[]) =>
  all.flatMap((made) => made.asked).filter((_, index) => ours[index] !== answered[index]);

describe.skipIf(controlPlaneMissing)(`a real API server${skipReason}`, { timeout: 120_000 }, () => {
  let server: AuthorizingServer;
  let answers: boolean[] = [];
  const theirs = (all: readonly Case[]): Promise<boolean[]> =>
    Promise.all(
      all.flatMap((made) => made.asked).map(({ subject, request }) => server.isAllowed(subject, request)),
    );
  beforeAll(async () => {
    server = await openAuthorizingServer();
    await server.grant(['one', 'two'].map((name) => namespace(name)));
    await server.grant(cases.flatMap(({ objects }) => objects));
    answers = await theirs(cases);
  }, 120_000);
  afterAll(() => server?.remove());

  it(`agrees on ${sets * 40} requests under ${sets} random sets of rights, from seed ${seed}`, () => {
    expect(differences(cases, verdicts(cases), answers)).toEqual([]);
    expect(answers.filter(Boolean).length).toBeGreaterThan(answers.length / 10);
  });

  it.each(Object.entries(misreadings))('disagrees with who %s', (_, misread) => {
    expect(differences(cases, verdicts(cases, misread), answers).length).toBeGreaterThan(5);
  });

  it.each(deployed)('says of %s what its committed table says', async (path) => {
    const made = await asked(path);
    await server.grant(made.objects.filter((object) => isNamespace(object)));
    await server.grant(made.objects.filter((object) => !isNamespace(object)));
    const [ours, answered] = [verdicts([made]), await theirs([made])];
    expect(differences([made], ours, answered)).toEqual([]);
    expect(answered.filter(Boolean).length).toBeGreaterThan(20);
  });
});
