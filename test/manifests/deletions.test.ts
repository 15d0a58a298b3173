import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { nameOf } from '../kubernetes/manifest.ts';
import { leavesOf } from './leaves.ts';
import { mutate, removed } from './mutation.ts';
import { judge } from './rules/index.ts';

/**
 * Fields whose absence is a weakness. Flows and rights are not among them: test/network and test/access remove each of theirs.
 * The rest is what a workload does, which its own tests would miss.
 */
const guarding =
  /securityContext|resources\/(?:limits|requests)|automountServiceAccountToken|enableServiceLinks|imagePullPolicy|\/image$|serviceAccountName|priorityClassName|(?:secret|projected)\/defaultMode|sizeLimit|expirationSeconds|pod-security|^metadata\/.*secure-backend~1|spec\/hard\/(?:requests|limits|pods)|\/(?:min|max|default|defaultRequest)\/(?:cpu|memory|ephemeral)|maxUnavailable|unhealthyPodEvictionPolicy|minReplicas|clusterIP|policyTypes|ttlSeconds|activeDeadline|backoffLimit|topologyKey|preStop/;
// Claims are bounded by size, not by CPU.
const elsewhere = /volumeClaimTemplates|hard\/requests.storage/;

const all = [...kustomizations.overlays(), 'k8s/dependencies/openbao'];

describe.skipIf(kustomizeMissing)(
  `each guarding field${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    it.each(all)('is missed when it goes from %s', async (path) => {
      const objects = await render(path);
      const fields = objects.flatMap((object) =>
        leavesOf(object)
          .filter((leaf) => guarding.test(leaf) && !elsewhere.test(leaf))
          .map((leaf) => [nameOf(object), leaf] as const),
      );
      const unnoticed = fields.filter(
        ([target, leaf]) => judge(mutate(objects, target, leaf, removed)).length === 0,
      );
      expect(unnoticed).toEqual([]);
      expect(fields.length).toBeGreaterThan(50);
    });
  },
);
