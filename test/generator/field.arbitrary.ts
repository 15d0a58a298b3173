import * as fc from 'fast-check';
import { mostFields, parseFields } from 'generator-secure-backend/slice';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const name = fc.oneof(
  word,
  fc.tuple(word, word).map((words) => words.join('_')),
  fc.constantFrom(
    'values',
    'text',
    'fields',
    'draft',
    'z',
    'filter',
    'sample',
    'due_date',
    'work_item_id',
    'name',
  ),
);
const value = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,8}[A-Za-z0-9])?$/);
const choice = fc.uniqueArray(value, { minLength: 1, maxLength: 6 });
const given = (values: readonly string[]) =>
  fc.constantFrom('', '?', ...values.map((one) => `=${one}`)).map((end) => `enum(${values.join('|')})${end}`);
const type = fc.oneof(
  choice.chain(given),
  fc.constantFrom('boolean', 'boolean?', 'boolean=true', 'boolean=false'),
  fc
    .tuple(
      fc.oneof(
        fc.constantFrom('text', 'date', 'integer', 'money', 'number', 'timestamp', 'uuid'),
        fc.integer({ min: 1, max: 10_000 }).map((length) => `text(${length})`),
      ),
      fc.constantFrom('', '?'),
    )
    .map((parts) => parts.join('')),
);

function isAccepted(list: string): boolean {
  try {
    parseFields(list);
    return true;
  } catch {
    return false;
  }
}

/** Lists of fields that are accepted. */
export const fieldLists = fc
  .array(
    fc.tuple(name, type).map((parts) => parts.join(':')),
    { minLength: 1, maxLength: mostFields },
  )
  .map((entries) => entries.join(', '))
  .filter(isAccepted);
