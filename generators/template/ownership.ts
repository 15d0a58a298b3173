/**
 * Whose a stamped file is. The template's is replaced by an update, and an edit of it is drift; a shared one is merged;
 * yours was stamped once and is never touched again.
 */
export type Owner = 'template' | 'shared' | 'yours';

const yours = [
  /^(?:README|CHANGELOG)\.md$/,
  /^apps\/[^/]+\/(?:migrations|src\/[^/]+)\//,
  // A slice's tests bear its plural; those of the service as a whole are shared.
  /^test\/(?:network|access)\/tables\//,
];

const shared = [
  /^[^/]+\.md$/,
  /^(?:package|package-lock)\.json$/,
  /^\.(?:gitignore|gitattributes|dockerignore|yo-rc\.json)$/,
  /^docs\//,
  /^apps\//,
  /^k8s\/(?:overlays|services|callers|dependencies)\//,
  // A further service raises it.
  /^k8s\/namespace\/resource-quota\.yaml$/,
  /^k8s\/scan-exceptions\.yaml$/,
  /^test\/package\.json$/,
];

/** @param plurals of the resources that were stamped with the service that a path is in */
export function ownerOf(path: string, plurals: readonly string[] = []): Owner {
  const isSliceTest = plurals.some((plural) =>
    new RegExp(`^apps/[^/]+/test/${plural}(?:\\.[^/]+)*\\.ts$`).test(path),
  );
  if (isSliceTest || yours.some((pattern) => pattern.test(path))) return 'yours';
  return shared.some((pattern) => pattern.test(path)) ? 'shared' : 'template';
}
