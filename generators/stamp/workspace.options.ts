import { isSeq } from 'yaml';
import type { Answers } from '../answers/index.ts';
import type { FileTree } from '../tree/index.ts';
import { TreeDraft } from './tree.draft.ts';
import { editYaml } from './yaml.edit.ts';

/** The caller that the template deploys beside its service, so that the flow between them is real. */
const sampleCaller = 'frontend';

/** Takes an entry out of a kustomization's list. */
const without = (key: string, entry: string) => (text: string) =>
  editYaml(text, (document) => {
    const list = document.get(key);
    if (!isSeq(list)) throw new Error(`has no list "${key}"`);
    list.items = list.items.filter((item) => String(item) !== entry);
    if (list.items.length === 0) document.delete(key);
  });

/** Leaves out what the answers don't want: a folder as a whole, or a line in an overlay. */
export function applyOptions(tree: FileTree, { credentials, services: [first] }: Answers): FileTree {
  const draft = new TreeDraft(tree);
  if (!first?.callers.includes(sampleCaller)) {
    draft.removeFolder(`k8s/callers/${sampleCaller}`);
    draft.edit('k8s/overlays/kind/kustomization.yaml', without('resources', `../../callers/${sampleCaller}`));
  }
  if (credentials === 'files') {
    draft.edit(
      'k8s/overlays/production/kustomization.yaml',
      without('components', '../../components/credentials-from-vault'),
    );
  }
  return draft.tree;
}
