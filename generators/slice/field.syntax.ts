import { parseFieldName } from './field.names.ts';
import { type FieldType, knownTypes, longestText, spellings, usualText } from './field.types.ts';
import type { Field } from './resource.field.ts';

const shape =
  /^(?<name>[^:]*?)\s*:\s*(?<kind>\w+)(?<argument>\([^()]*\))?(?<nullable>\?)?(?:=(?<value>.*))?$/;
const word = /^[A-Za-z0-9](?:[\w-]{0,61}[A-Za-z0-9])?$/;

/**
 * One field, such as `note:text(200)?` or `status:enum(open|done)=open`.
 * @throws Error with two sentences for the user.
 */
export function parseField(entry: string): Field {
  const { name, kind, argument, nullable, value } = shape.exec(entry)?.groups ?? {};
  if (name === undefined || kind === undefined) {
    throw new Error(`"${entry}" is no field. Write a name, a colon and a type: total:money, note:text?.`);
  }
  const spelt = parseFieldName(name);
  const type = parseType(spelt.name, kind, argument?.slice(1, -1));
  if (nullable !== undefined && value !== undefined) {
    throw new Error(
      `The field "${spelt.name}" has both "?" and "=". One that may be null gets null; leave out one of them.`,
    );
  }
  return {
    ...spelt,
    type,
    isNullable: nullable !== undefined,
    ...(value !== undefined && { default: parseDefault(spelt.name, type, value) }),
  };
}

function parseType(name: string, kind: string, argument: string | undefined): FieldType {
  if (!isKind(kind)) {
    throw new Error(`The field "${name}" has the unknown type "${kind}". Known are ${knownTypes}.`);
  }
  if (kind === 'text') return { kind, max: parseLength(name, argument) };
  if (kind === 'enum') return { kind, values: parseValues(name, argument) };
  if (argument !== undefined) {
    throw new Error(
      `The field "${name}" has something in brackets, which ${kind} doesn't take. Leave it out.`,
    );
  }
  return { kind };
}

const isKind = (kind: string): kind is FieldType['kind'] => Object.hasOwn(spellings, kind);

function parseLength(name: string, argument: string = String(usualText)): number {
  const length = /^[1-9]\d{0,9}$/.test(argument) ? Number(argument) : Number.NaN;
  if (!(length <= longestText)) {
    throw new Error(
      `The field "${name}" has the length "${argument}". Give a whole number from 1 to ${longestText}: text(200).`,
    );
  }
  return length;
}

function parseValues(name: string, argument = ''): string[] {
  const values = argument.split('|').map((value) => value.trim());
  if (!values.every((value) => word.test(value)) || new Set(values).size < values.length) {
    throw new Error(
      `The field "${name}" lists its values as "${argument}". Give different ones of letters, digits, "_" and "-": ` +
        'enum(open|done).',
    );
  }
  return values;
}

/** @returns the value as TypeScript spells it */
function parseDefault(name: string, type: FieldType, value: string): string {
  const values = type.kind === 'enum' ? type.values : type.kind === 'boolean' ? ['true', 'false'] : [];
  if (values.length === 0) {
    throw new Error(
      `The field "${name}" can't have a default: only enum and boolean can. Leave out "=${value}".`,
    );
  }
  if (!values.includes(value)) {
    throw new Error(`The field "${name}" has the default "${value}". Give one of ${values.join(', ')}.`);
  }
  return type.kind === 'enum' ? `'${value}'` : value;
}
