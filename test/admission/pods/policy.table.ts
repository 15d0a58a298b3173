import { contextRefusals } from './context.refusals.ts';
import { imageRefusals } from './image.refusals.ts';
import type { RefusedPod } from './refused.pod.ts';
import { workloadRefusals } from './workload.refusals.ts';

/** What our own policies refuse that Pod Security would admit. */
export const policyTable: readonly RefusedPod[] = [...imageRefusals, ...contextRefusals, ...workloadRefusals];
