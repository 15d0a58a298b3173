import { join } from 'node:path';
import { longestName, type Names } from 'generator-secure-backend/rename';
import { root } from '../repository.files.ts';

/** The reference service, which is the template. */
export const templateFolder = join(root, 'apps/backend-api');

/** How it is deployed, which is copied with it. */
export const manifestsFolder = join(root, 'k8s/services/backend-api');

/** The names it is written in. */
export const templateNames: Names = { service: 'backend-api', resource: 'work-item' };

/** Longer in every part, with another number of words, so that lines wrap and nothing fits by chance. */
export const otherNames: Names = { service: 'purchase-approval-gateway', resource: 'delivery-appointment' };

/** The longest that are accepted. */
export const longestNames: Names = {
  service: `purchase-${'a'.repeat(longestName - 'purchase-'.length)}`,
  resource: `delivery-${'a'.repeat(longestName - 'delivery-'.length - 1)}`,
};
