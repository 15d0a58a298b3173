import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { mostFields, parseFields } from './field.list.ts';
import { knownTypes } from './field.types.ts';
import { documentSlice } from './readme.registration.ts';

const root = join(import.meta.dirname, '../..');
const template = readFileSync(join(root, 'apps/backend-api/README.md'), 'utf8');
const slice = {
  names: { service: 'orders-api', resource: 'purchase-order' },
  fields: parseFields('total:money, customer_id:uuid, placed_at:timestamp'),
};
const requests = (text: string) =>
  text.match(/^\| `[A-Z]+ \/.*$/gm)?.map((row) => row.replaceAll(/ +/g, ' ')) ?? [];

describe('the README of a service', () => {
  it('gets the requests of a resource behind the others', async () => {
    const text = await format(documentSlice(template, template, slice), {
      parser: 'markdown',
      printWidth: 110,
    });
    const [before, after] = [requests(template), requests(text)];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map((row) => row.split('`')[1])).toEqual(
      before.map((row) => row.split('`')[1]?.replace('work-items', 'purchase-orders')),
    );
    expect(after.at(before.length + 1)).toContain('`customerId`, `placedBefore`, `limit`, and `cursor`');
    expect(documentSlice(text, template, slice)).toBe(text);
  });

  it.each(['', '# Orders\n\nNo table.\n', '| Path |\n| --- |\n| `/v1/orders` |\n'])(
    'is left alone when it is %j',
    (text) => {
      expect(documentSlice(text, template, slice)).toBe(text);
    },
  );
});

describe('the README of the generator', () => {
  const text = readFileSync(join(root, 'generators/README.md'), 'utf8');

  it('names every type of field, and how many there may be', () => {
    const rows = text.slice(text.indexOf('| Type ')).split('\n\n')[0]?.split('\n').slice(2) ?? [];
    const named = rows.map((row) => row.split(/(?<!\\)\|/)[1]?.replaceAll(/[`\s]|\(.*?\)/g, '') ?? '');
    const known = knownTypes.replaceAll(/\s|\(.*?\)/g, '').split(',');
    expect(named.flatMap((names) => names.split(',')).toSorted()).toEqual(known.toSorted());
    expect(text).toContain(`At most ${mostFields};`);
  });
});
