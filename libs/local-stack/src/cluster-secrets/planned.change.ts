import { StackError } from '../stack.error.ts';
import { extendedObject, newObject, type Existing, type ObjectId, type Wanted } from './cluster.object.ts';

/** What is to happen to one object. A value that is there never changes. */
export interface PlannedChange {
  readonly namespace: string;
  readonly wanted: Wanted;
  /** How kubectl does it; undefined leaves the object as it is. */
  readonly verb?: 'create' | 'replace';
  /** For kubectl. */
  readonly object?: object;
  /** Keys that an object lacks. */
  readonly added: readonly string[];
}

/** @throws StackError when a value that is there isn't the wanted one */
export function planChange(wanted: Wanted, namespace: string, existing: Existing): PlannedChange {
  const { id, values } = wanted;
  const found = existing.get(id);
  const plan = { namespace, wanted, added: [] };
  if (!found) return { ...plan, verb: 'create', object: newObject(wanted, namespace) };
  const added = Object.keys(values).filter((key) => found.values[key] === undefined);
  const isOther = (key: string) => found.values[key]?.trimEnd() !== values[key]?.trimEnd();
  if (Object.keys(values).some((key) => !added.includes(key) && isOther(key)))
    throw mismatch(namespace, id, "isn't what the others go with");
  if (added.length === 0) return plan;
  return { ...plan, verb: 'replace', object: extendedObject(wanted, found), added };
}

/**
 * What is there and doesn't fit: only the reader knows which half is right.
 *
 * @param cure a sentence or two; the object's removal unless given
 */
export function mismatch(namespace: string, id: ObjectId, problem: string, cure?: string): StackError {
  const anew = `To have it made anew: ${removal(namespace, [id])}, then run this again.`;
  return new StackError(`${id} in ${namespace} ${problem}. Nothing was changed. ${cure ?? anew}`);
}

/** The command that removes objects. */
export const removal = (namespace: string, ids: readonly ObjectId[]): string =>
  `kubectl delete --namespace=${namespace} ${ids.map((id) => id.toLowerCase()).join(' ')}`;
