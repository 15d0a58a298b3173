import type { Manifest } from '../../../kubernetes/manifest.ts';
import { fault, type Fault } from '../rule.contract.ts';
import { validatorOf } from './object.validator.ts';
import { readingProxy } from './reading.proxy.ts';

// The validators' generator takes this field for a comment.
const forgotten = new Set(['PriorityClass /description']);

const known = new WeakMap<Manifest, readonly Fault[]>();

/**
 * What the API server would refuse, or drop in silence: wrong types and values, and fields that it doesn't know.
 *
 * The validators let unknown fields pass, but read every field that they know: one that is never read is unknown.
 */
export function schemaFaults(manifest: Manifest): readonly Fault[] {
  const faults = known.get(manifest) ?? judge(manifest);
  known.set(manifest, faults);
  return faults;
}

function judge(manifest: Manifest): Fault[] {
  const validate = validatorOf(manifest.apiVersion, manifest.kind);
  if (validate === undefined) {
    return [fault('/kind', `${manifest.apiVersion} ${manifest.kind} is not known`, 'list it, or mend it')];
  }
  const { proxy, unread } = readingProxy(manifest);
  const errors = validate(proxy);
  return [
    ...errors.map(({ instancePath, message }) =>
      fault(instancePath, message ?? 'is wrong', 'see the API reference'),
    ),
    // After an error a validator may not have looked at the rest.
    ...(errors.length > 0 ? [] : unread())
      .filter((path) => !forgotten.has(`${manifest.kind} ${path}`))
      .map((path) => fault(path, 'is no known field', 'mend its name')),
  ];
}
