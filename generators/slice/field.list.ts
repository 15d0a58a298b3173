import { parseField } from './field.syntax.ts';
import { type Field, filterOf } from './resource.field.ts';

/** A resource with more fields than that wants to be two. Also, its files would become longer than the rules allow. */
export const mostFields = 24;

/** The fields in which the template is written, and those of a resource for which none are given. */
export const templateFieldList =
  'title:text(200), description:text(4000)?, status:enum(open|in_progress|done)=open, due_date:date?';

/** Commas between brackets belong to a type. */
const entries = (list: string): string[] => list.split(/,(?![^()]*\))/).map((entry) => entry.trim());

function twiceIn(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

/**
 * The fields of a resource, from `total:money, note:text?, status:enum(open|done)=open`: names in snake_case or
 * camelCase, then the type; `?` for one that may be null, `=` for what a draft without it gets.
 * @throws Error with two sentences for the user: what is wrong, and what to write instead.
 */
export function parseFields(list: string): Field[] {
  const given = entries(list);
  if (given.every((entry) => entry === '')) {
    throw new Error(`The list of fields is empty. Give at least one, such as "total:money".`);
  }
  if (given.length > mostFields) {
    throw new Error(
      `${given.length} fields are too many: a resource has at most ${mostFields}. Split it, or add the others by hand.`,
    );
  }
  const fields = given.map(parseField);
  const duplicate = twiceIn(fields.map(({ name }) => name));
  if (duplicate !== undefined) {
    throw new Error(`The field "${duplicate}" is there twice. Name each field once.`);
  }
  const filter = twiceIn(fields.flatMap((field) => filterOf(field)?.parameter ?? []));
  if (filter !== undefined) {
    throw new Error(
      `Two fields would filter a list by the same parameter, "${filter}". Give one of them another name.`,
    );
  }
  return fields;
}
