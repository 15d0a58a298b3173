import { describe, expect, it } from 'vitest';
import { mostFields, parseFields, templateFieldList } from './field.list.ts';
import { longestText } from './field.types.ts';
import { objectMembers, scriptKeywords, sliceNames, sqlKeywords, systemColumns } from './reserved.words.ts';

const many = (count: number): string => Array.from({ length: count }, (_, n) => `field_${n}:integer`).join();

describe('a list of fields', () => {
  it('gives each its names, its type and what may be left out', () => {
    expect(
      parseFields('total:money, note : text?, placedAt:timestamp, kind:enum(a | b-2)=a, is_x:boolean=false'),
    ).toEqual([
      { name: 'total', column: 'total', type: { kind: 'money' }, isNullable: false },
      { name: 'note', column: 'note', type: { kind: 'text', max: 4_000 }, isNullable: true },
      { name: 'placedAt', column: 'placed_at', type: { kind: 'timestamp' }, isNullable: false },
      {
        name: 'kind',
        column: 'kind',
        type: { kind: 'enum', values: ['a', 'b-2'] },
        isNullable: false,
        default: "'a'",
      },
      { name: 'isX', column: 'is_x', type: { kind: 'boolean' }, isNullable: false, default: 'false' },
    ]);
  });

  it.each(['line_2', 'vat2Line', 'x', `a${'b'.repeat(62)}`, 'values', 'type', 'from_x', 'status2'])(
    'may name one %s',
    (name) => {
      expect(parseFields(`${name}:uuid`)).toHaveLength(1);
    },
  );

  it('spells a name the same however it was written', () => {
    expect(parseFields('due_date:date')).toEqual(parseFields('dueDate:date'));
  });

  it.each([
    ['', 'is empty'],
    [' , ', 'is empty'],
    ['total:money,', '"" is no field'],
    ['total', '"total" is no field'],
    ['total:', '"total:" is no field'],
    [':money', '"" is not a usable name'],
    ['total:money!', 'is no field'],
    [
      'total:cash',
      'unknown type "cash". Known are text, text(200), enum(a|b), boolean, integer, number, money',
    ],
    ['total:Money', 'unknown type "Money"'],
    ['total:toString', 'unknown type "toString"'],
    ['total:money(2)', 'in brackets, which money doesn’t take'.replace('’', "'")],
    ['note:text(0)', 'from 1 to'],
    ['note:text(1e3)', 'from 1 to'],
    [`note:text(${longestText + 1})`, `from 1 to ${longestText}`],
    ['note:text()', 'has the length ""'],
    ['kind:enum', 'lists its values as ""'],
    ['kind:enum()', 'lists its values as ""'],
    ['kind:enum(a|a)', 'Give different ones'],
    ["kind:enum(it's)", 'of letters, digits'],
    ['kind:enum(a|b)=c', 'Give one of a, b'],
    ['flag:boolean=yes', 'Give one of true, false'],
    ['count:integer=1', 'only enum and boolean can'],
    ['kind:enum(a|b)?=a', 'both "?" and "="'],
    ['total:money, total:text', '"total" is there twice'],
    ['due_date:date, dueDate:date', '"dueDate" is there twice'],
    ['due_date:date, due_at:timestamp', 'the same parameter, "dueBefore"'],
    ['due_date:date, due_before:uuid', 'the same parameter, "dueBefore"'],
    ['2nd:text', '"2nd" is not a usable name'],
    ['Total:money', '"Total" is not a usable name'],
    ['vatID:text', 'capitals only to begin a word'],
    ['a__b:text', 'is not a usable name'],
    ['_a:text', 'is not a usable name'],
    ['due_Date:date', 'is not a usable name'],
    ['größe:integer', 'ASCII'],
    ['a b:text', 'is not a usable name'],
    ['a"; drop table x; --:text', 'is not a usable name'],
    ['../a:text', 'is not a usable name'],
    ['__proto__:text', 'is not a usable name'],
    [`a${'b'.repeat(63)}:text`, 'is too long: 64 of at most 63'],
    ['user:text', 'user is a keyword of SQL'],
    ['currentDate:date', 'current_date is a keyword of SQL'],
    ['class:text', 'class is a keyword of TypeScript'],
    ['created_at:timestamp', 'each resource has it already'],
    ['cursor:text', 'each list a parameter'],
    ['ctid:text', 'each table of Postgres'],
    ['constructor:text', 'each object of JavaScript'],
    [many(200), `200 fields are too many: a resource has at most ${mostFields}`],
  ])('is refused when it says %j', (list, why) => {
    expect(() => parseFields(list)).toThrow(why);
    // One sentence names the problem, one the cure.
    expect(() => parseFields(list)).toThrow(/^[^]+?[.:?] [A-Z][^]*\.$|^[^]+\. [A-Z][^]+$/);
  });

  it('may be as long as the limit', () => {
    expect(parseFields(many(mostFields))).toHaveLength(mostFields);
    expect(() => parseFields(many(mostFields + 1))).toThrow('too many');
  });

  it('refuses every reserved word, in whatever spelling', () => {
    const reserved = [sqlKeywords, systemColumns, scriptKeywords, sliceNames, objectMembers].flatMap(
      (words) => [...words],
    );
    expect(reserved.length).toBeGreaterThan(150);
    for (const word of reserved) expect(() => parseFields(`${word}:text`), word).toThrow('is reserved');
  });

  it('can say the template’s', () => {
    expect(parseFields(templateFieldList).map(({ column }) => column)).toEqual([
      'title',
      'description',
      'status',
      'due_date',
    ]);
  });
});
