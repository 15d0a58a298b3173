import { set, together, unset } from './pod.change.ts';
import { refusedBy, type RefusedPod } from './refused.pod.ts';

const context = 'containers.0.securityContext';
const initContext = 'initContainers.0.securityContext';
const pod = 'securityContext';
const everywhere = (field: string) =>
  together(unset(`${context}.${field}`), unset(`${initContext}.${field}`), unset(`${pod}.${field}`));
const inUserNamespace = (...changes: Parameters<typeof together>) =>
  together(set('hostUsers', false), ...changes);

/** Pods that could do more in their container than they need. */
export const contextRefusals: readonly RefusedPod[] = [
  ...refusedBy('read-only-root')(
    ['may write its root', set(`${context}.readOnlyRootFilesystem`, false), 'is not true in service; set it'],
    [
      'may write its root by default',
      unset(`${context}.readOnlyRootFilesystem`),
      'readOnlyRootFilesystem is not true',
    ],
    [
      'may write the root of an init container',
      unset(`${initContext}.readOnlyRootFilesystem`),
      'is not true in init; set it',
    ],
  ),
  ...refusedBy('numeric-identity')(
    [
      'runs as an account of the node',
      set(`${context}.runAsUser`, 1000),
      'runAsUser is missing or below 10000 in service',
    ],
    [
      'runs init as an account of the node',
      set(`${initContext}.runAsUser`, 999),
      'runAsUser is missing or below 10000 in init',
    ],
    ['leaves the user to the image', everywhere('runAsUser'), 'runAsUser is missing or below 10000'],
    ['runs in the group of root', set(`${context}.runAsGroup`, 0), 'runAsGroup is missing or below 10000'],
    ['leaves the group to the image', everywhere('runAsGroup'), 'runAsGroup is missing or below 10000'],
    ['has no group for its files', unset(`${pod}.fsGroup`), 'fsGroup is missing or below 10000'],
    ['gives its files to root', set(`${pod}.fsGroup`, 0), 'fsGroup is missing or below 10000'],
    [
      'joins a group of the node',
      set(`${pod}.supplementalGroups`, [65_532, 999]),
      'supplementalGroups has a group below',
    ],
  ),
  ...refusedBy('non-root')(
    [
      'relies on its user namespace',
      inUserNamespace(set(`${context}.runAsNonRoot`, false)),
      'also with hostUsers: false',
    ],
    [
      'says nothing about root',
      inUserNamespace(everywhere('runAsNonRoot')),
      'runAsNonRoot is not true in service, init',
    ],
    [
      'relies on it in init',
      inUserNamespace(set(`${initContext}.runAsNonRoot`, false)),
      'runAsNonRoot is not true in init',
    ],
  ),
];
