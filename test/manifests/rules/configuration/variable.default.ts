import type { IContainer } from 'kubernetes-models/v1';
import { readTexts } from '../../../repository.files.ts';
import type { Draft } from '../../../kubernetes/object.draft.ts';
import type { PodView } from '../../../kubernetes/pod.view.ts';

// Kept equal to the configuration's schema by the service's own test.
const examples = readTexts(/^apps\/[^/]+\/\.env\.example$/);

const exampleOf = (pod: PodView): string =>
  examples.get(`apps/${pod.object.metadata?.name?.replace(/-migrations$/, '')}/.env.example`) ?? '';

/** The variables that a service, or its migrations, may have. */
export const variablesOf = (pod: PodView): string[] =>
  [...exampleOf(pod).matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);

/** What a service's container has as a variable: as set there, otherwise its default; undefined if it has none. */
export function variableOf(pod: PodView, container: Draft<IContainer>, name: string): string | undefined {
  const set = container.env?.find((variable) => variable.name === name)?.value;
  return set ?? new RegExp(`^# ${name}=(.+)$`, 'm').exec(exampleOf(pod))?.[1];
}
