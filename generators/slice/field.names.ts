import { objectMembers, scriptKeywords, sliceNames, sqlKeywords, systemColumns } from './reserved.words.ts';

/** A field's name in JSON and TypeScript (`dueDate`) and in SQL (`due_date`). */
export interface FieldName {
  readonly name: string;
  readonly column: string;
}

/** Postgres' limit; it cuts longer identifiers silently. */
const longestColumn = 63;

const snake = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const camel = /^[a-z][a-z0-9]*(?:[A-Z](?![A-Z])[a-z0-9]*)+$/;

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function spell(given: string): FieldName {
  const words = given.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).split('_');
  const [first = '', ...others] = words;
  return { name: first + others.map(capitalise).join(''), column: words.join('_') };
}

/** Why a name can't be a field's, in a sentence for the user; undefined when it can. */
function refuse({ name, column }: FieldName): string | undefined {
  if (column.length > longestColumn) {
    return `is too long: ${column.length} of at most ${longestColumn} characters as a column`;
  }
  if (sqlKeywords.has(column)) return `is reserved: ${column} is a keyword of SQL`;
  if (systemColumns.has(column)) return 'is reserved: each table of Postgres has such a column already';
  if (sliceNames.has(name))
    return 'is reserved: each resource has it already, or each list a parameter of it';
  if (scriptKeywords.has(name)) return `is reserved: ${name} is a keyword of TypeScript`;
  if (objectMembers.has(name)) return 'is reserved: each object of JavaScript has it already';
  return undefined;
}

/**
 * @param given in snake_case or camelCase; one word is enough
 * @throws Error with two sentences for the user when it can't be the name of a field
 */
export function parseFieldName(given: string): FieldName {
  const shown = JSON.stringify(given);
  if (!snake.test(given) && !camel.test(given)) {
    throw new Error(
      `${shown} is not a usable name of a field. Write it in snake_case or camelCase with ASCII letters and ` +
        'digits, and capitals only to begin a word: due_date, dueDate, vatId.',
    );
  }
  const spelt = spell(given);
  const why = refuse(spelt);
  if (why !== undefined) throw new Error(`The field ${shown} ${why}. Choose another name.`);
  return spelt;
}
