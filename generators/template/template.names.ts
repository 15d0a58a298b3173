import type { Names } from '../rename/index.ts';

/** The names in which the template is written. */
export const templateNames: Required<Names> = {
  service: 'backend-api',
  resource: 'work-item',
  plural: 'work-items',
};

/** The folders that every further service gets a copy of. */
export const serviceFolders = (service: string): readonly string[] => [
  `apps/${service}/`,
  `k8s/services/${service}/`,
];
