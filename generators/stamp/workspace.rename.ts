import { createRename, type Rename } from '../rename/index.ts';
import type { Answers, ServiceAnswers } from '../answers/index.ts';
import { referenceAnswers } from '../answers/index.ts';
import { templateNames } from '../template/index.ts';

// Only in kebab-case, and only with what is put behind it: a namespace may be one word, which could be any word elsewhere.
const namespaceToken = new RegExp(
  `(?<![\\w-])${referenceAnswers.namespace}(?=-(?:staging|production|deployers|on-call)(?![A-Za-z0-9])|(?![\\w-]))`,
  'g',
);

/** From the template's names to those of one service in its workspace. */
export function renameFor({ namespace, registry }: Answers, service: ServiceAnswers): Rename {
  const names = createRename(templateNames, {
    service: service.name,
    resource: service.resource,
    ...(service.plural !== undefined && { plural: service.plural }),
  });
  return (text) =>
    names(text)
      .replaceAll(referenceAnswers.registry, () => registry)
      .replaceAll(namespaceToken, () => namespace);
}
