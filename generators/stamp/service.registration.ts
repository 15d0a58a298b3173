import { readOutbound, type ServiceAnswers } from '../answers/index.ts';
import type { FileTree } from '../tree/index.ts';
import { raiseConnections, raiseQuota } from './capacity.registration.ts';
import { deploysServices, registerInOverlay } from './overlay.registration.ts';
import { letClientsIn, letOutOfNamespace, letOutTo, letsIn, setCallers } from './policy.registration.ts';
import { TreeDraft } from './tree.draft.ts';

const policyOf = (service: string): string => `k8s/services/${service}/network-policy.yaml`;
const policyOfCaller = (caller: string): string => `k8s/callers/${caller}/network-policy.yaml`;

const isOverlay = (path: string): boolean => /^k8s\/overlays\/[^/]+\/kustomization\.yaml$/.test(path);

/** Lets those in whom a service names, and, where they are of this workspace, out to it; and itself out to its destinations. */
export function registerFlows(tree: FileTree, { name, callers, outbound }: ServiceAnswers): FileTree {
  const draft = new TreeDraft(tree);
  draft.edit(policyOf(name), (text) => setCallers(text, callers));
  for (const text of outbound) {
    const destination = readOutbound(text);
    if (destination) draft.edit(policyOf(name), (policy) => letOutOfNamespace(policy, destination));
  }
  for (const caller of callers) {
    const own = [policyOf(caller), policyOfCaller(caller)].find((path) => draft.has(path));
    if (own !== undefined) draft.edit(own, (text) => letOutTo(text, name));
  }
  return draft.tree;
}

/** Services of the workspace that name a caller which wasn't there before. */
const servicesThatLetIn = (tree: FileTree, caller: string): string[] =>
  [...tree].flatMap(([path, { contents }]) => {
    const [, service] = /^k8s\/services\/([^/]+)\/network-policy\.yaml$/.exec(path) ?? [];
    return service !== undefined && service !== caller && letsIn(contents.toString(), caller)
      ? [service]
      : [];
  });

/** Everything outside of a service's own folders that has to know of it, so that it is built, deployed and judged. */
export function registerService(tree: FileTree, service: ServiceAnswers): FileTree {
  const draft = new TreeDraft(tree);
  const overlays = draft.paths
    .filter(isOverlay)
    .filter((path) => deploysServices(tree.get(path)?.contents.toString() ?? ''));
  for (const overlay of overlays) draft.edit(overlay, (text) => registerInOverlay(text, service.name));
  draft.edit('k8s/dependencies/postgres/network-policy.yaml', (text) => letClientsIn(text, service.name));
  draft.edit('k8s/dependencies/postgres/postgresql.conf', raiseConnections);
  draft.edit('k8s/namespace/resource-quota.yaml', raiseQuota);
  for (const called of servicesThatLetIn(draft.tree, service.name)) {
    draft.edit(policyOf(service.name), (text) => letOutTo(text, called));
  }
  return registerFlows(draft.tree, service);
}
