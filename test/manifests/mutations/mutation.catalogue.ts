import { availabilityMutations } from './availability.mutations.ts';
import { configurationMutations } from './configuration.mutations.ts';
import { containerMutations } from './container.mutations.ts';
import { namespaceMutations } from './namespace.mutations.ts';
import { networkMutations } from './network.mutations.ts';
import { placementMutations } from './placement.mutations.ts';
import { podMutations } from './pod.mutations.ts';
import { rightsMutations } from './rights.mutations.ts';
import { secretMutations } from './secret.mutations.ts';
import { serverMutations } from './server.mutations.ts';
import { serviceMutations } from './service.mutations.ts';
import { workloadMutations } from './workload.mutations.ts';
import type { Mutation } from './mutation.contract.ts';

/** Everything that is tried: one thing wrong at a time. */
export const mutations: readonly Mutation[] = [
  availabilityMutations,
  configurationMutations,
  containerMutations,
  namespaceMutations,
  networkMutations,
  placementMutations,
  podMutations,
  rightsMutations,
  secretMutations,
  serverMutations,
  serviceMutations,
  workloadMutations,
].flat();
