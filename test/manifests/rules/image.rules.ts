import { at, type Fields } from '../../kubernetes/pod.template.ts';
import { everyContainer, type Rule } from '../rule.ts';

const pinned = /^[^@:]+(?::\d+)?(?:\/[^@:]+)*:([\w.-]+)@sha256:[0-9a-f]{64}$/;
const image = (fields: Fields): string => String(fields['image']);
const kinds = ['cpu', 'memory', 'ephemeral-storage'];

/** Which bytes run, and how much they may take. Whose bytes they may be says k8s/cluster. */
export const imageRules: readonly Rule[] = [
  everyContainer(
    {
      id: 'image-by-digest',
      row: 16,
      title: 'Images have a version and a digest',
      scanners: 'checkov CKV_K8S_14/43, Trivy KSV-0013, Polaris, Kyverno',
    },
    ({ fields }) => [!pinned.test(image(fields)) && `image ${image(fields)} isn't name:tag@sha256:digest`],
  ),
  everyContainer(
    {
      id: 'no-latest',
      row: 16,
      title: 'No image is called latest',
      scanners: 'checkov CKV_K8S_14, kube-linter latest-tag',
    },
    ({ fields }) => [/:latest(?:@|$)/.test(image(fields)) && `image ${image(fields)} is called latest`],
  ),
  everyContainer(
    {
      id: 'registry-named',
      row: 18,
      title: 'Images name their registry',
      scanners: 'Trivy KSV-0125, kubescape C-0078',
    },
    ({ fields }) => [!/^[^/]*[.:][^/]*\//.test(image(fields)) && `image ${image(fields)} names no registry`],
  ),
  everyContainer(
    {
      id: 'always-pulled',
      row: 17,
      title: 'The registry is asked each time, so that nobody uses what another has pulled',
      scanners: 'checkov CKV_K8S_15, kube-score, Polaris',
    },
    ({ fields }) => [fields['imagePullPolicy'] !== 'Always' && "imagePullPolicy isn't Always"],
  ),
  everyContainer(
    {
      id: 'bounded-resources',
      row: 15,
      title: 'Requests and limits for CPU, memory and ephemeral storage',
      scanners: 'checkov CKV_K8S_10-13, kubescape C-0270/0271, Trivy KSV-0011/0015/0016/0018, kube-score',
    },
    ({ fields }) =>
      ['requests', 'limits'].flatMap((bound) =>
        kinds.map(
          (kind) =>
            at(fields, 'resources', bound, kind) === undefined && `resources.${bound}.${kind} is missing`,
        ),
      ),
  ),
];
