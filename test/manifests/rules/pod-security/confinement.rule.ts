import { componentOf, containersOf, podsOf } from '../../../kubernetes/pod.view.ts';
import { mustBe, mustHold, valueAt } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { both, perContainer, perPod } from '../rule.scope.ts';

export const hasSelinuxType: Rule = {
  id: 'selinux-type',
  title: 'Every pod has the SELinux type of containers, and no container another',
  row: 12,
  scanners: {
    pss: ['seLinuxOptions'],
    trivy: ['KSV-0025'],
    kubescape: ['C-0211'],
    kyverno: ['disallow-selinux'],
  },
  check: both(
    perPod((pod) => mustBe(pod, '/spec/securityContext/seLinuxOptions', { type: 'container_t' })),
    perContainer(({ container }) =>
      mustHold(
        container,
        '/securityContext/seLinuxOptions',
        (found) => found === undefined,
        'leave it to the pod',
      ),
    ),
  ),
};

export const hasOwnFileGroup: Rule = {
  id: 'file-system-group',
  title: "Volumes belong to the pod's own group, and its groups are those that it states",
  row: 12,
  scanners: { kubescape: ['C-0211'] },
  check: perPod((pod) => [
    ...mustHold(
      pod,
      '/spec/securityContext/fsGroup',
      (group) => Number.isInteger(group) && (group as number) > 10_000,
      'set it to a number above 10000',
    ),
    ...mustBe(pod, '/spec/securityContext/fsGroupChangePolicy', 'OnRootMismatch'),
    // Otherwise groups in the image's /etc/group are added silently.
    ...mustBe(pod, '/spec/securityContext/supplementalGroupsPolicy', 'Strict'),
    ...mustHold(
      pod,
      '/spec/securityContext/supplementalGroups',
      (groups) => groups === undefined,
      'leave it out',
    ),
  ]),
};

const annotation = 'container.apparmor.security.beta.kubernetes.io/';
const profileOf = (tree: unknown): unknown => valueAt(tree, '/securityContext/appArmorProfile');

export const confinesByAppArmor: Rule = {
  id: 'app-armor-field',
  title: "AppArmor is the runtime's profile by field, for all pods that are rendered together or for none",
  row: 8,
  // Nodes without AppArmor refuse such pods, so it is a component. Trivy still reads the annotation, which is deprecated.
  scanners: {
    pss: ['appArmorProfile'],
    trivy: ['KSV-0002'],
    polaris: ['linuxHardening'],
    kyverno: ['restrict-apparmor-profiles'],
  },
  check: perPod((pod, manifests) => {
    const isWanted = podsOf(manifests).some(({ spec }) => profileOf(spec) !== undefined);
    return [
      ...(isWanted ? mustBe(pod, '/spec/securityContext/appArmorProfile', { type: 'RuntimeDefault' }) : []),
      ...containersOf(pod)
        .filter(({ container }) => profileOf(container) !== undefined)
        .map(({ path }) =>
          fault(path.slice(pod.path.length), 'has a profile of its own', 'leave it to the pod'),
        ),
      ...Object.keys(pod.metadata.annotations ?? {})
        .filter((key) => key.startsWith(annotation))
        .map((key) => fault('/metadata/annotations', `has ${key}`, 'use the field')),
    ];
  }),
};

export const separatesUsers: Rule = {
  id: 'user-namespaces',
  title:
    'No pod asks for the users of its node; of services and migrations all have their own users, or none',
  row: 2,
  scanners: { checkov: ['CKV_K8S_40'] },
  check: perPod((pod, manifests) => {
    const isOurs = (view: typeof pod): boolean => ['api', 'migrations'].includes(componentOf(view) ?? '');
    const isWanted =
      isOurs(pod) && podsOf(manifests).some((view) => isOurs(view) && view.spec.hostUsers === false);
    return mustHold(
      pod,
      '/spec/hostUsers',
      (found) => found === false || (found === undefined && !isWanted),
      'set it to false, as others have it',
    );
  }),
};
