import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../repository.files.ts';

/** The text of the committed audit policy. */
export const readAuditPolicy = (): string =>
  readFileSync(join(root, 'k8s/cluster/audit/audit-policy.yaml'), 'utf8');
