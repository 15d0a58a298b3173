import { isMap, isScalar, isSeq, type Document, type YAMLSeq } from 'yaml';
import { editYaml } from './yaml.edit.ts';

// Before a first release: a digest that can't run.
const unreleased = `sha256:${'0'.repeat(64)}`;

const resourceOf = (service: string): string => `../../services/${service}`;

function sequenceAt(document: Document, key: string): YAMLSeq | undefined {
  const found = document.get(key);
  return isSeq(found) ? found : undefined;
}

const textOf = (item: unknown): string => (isScalar(item) ? String(item.value) : '');

/** Whether an overlay deploys services itself, rather than by way of another overlay. */
export const deploysServices = (text: string): boolean => /^\s*- \.\.\/\.\.\/services\//m.test(text);

/** An overlay that deploys one more service: after those that it has, with an image from the same place. */
export function registerInOverlay(text: string, service: string): string {
  return editYaml(text, (document) => {
    const resources = sequenceAt(document, 'resources');
    if (!resources) throw new Error('has no list "resources"');
    if (resources.items.some((item) => textOf(item) === resourceOf(service))) return;
    const last = resources.items.findLastIndex((item) => textOf(item).startsWith(resourceOf('')));
    resources.items.splice(last + 1, 0, document.createNode(resourceOf(service)));
    addImage(document, service);
  });
}

function addImage(document: Document, service: string): void {
  const images = sequenceAt(document, 'images');
  const [first] = images?.items ?? [];
  if (!images || !isMap(first)) throw new Error('has no list "images" with the image of another service');
  const [, registry = ''] = /^(.*\/)[^/]+$/.exec(String(first.get('newName'))) ?? [];
  images.add(
    document.createNode({
      name: service,
      newName: `${registry}${service}`,
      newTag: String(first.get('newTag')),
      digest: unreleased,
    }),
  );
}
