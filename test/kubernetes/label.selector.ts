import { at, listAt } from './field.path.ts';

/**
 * Whether a label selector selects these labels; an empty one selects all, a missing one none.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined || selector === null) return false;
  const wanted = Object.entries((at(selector, 'matchLabels') ?? {}) as Record<string, string>);
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((expression) => holds(expression, labels))
  );
}

function holds(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[String(at(expression, 'key'))];
  const values = listAt(expression, 'values') as readonly unknown[];
  switch (at(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`no such operator in a selector: ${String(at(expression, 'operator'))}`);
  }
}
