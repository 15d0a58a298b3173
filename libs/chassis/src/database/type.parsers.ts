import { type CustomTypesConfig, types } from 'pg';

const date: number = types.builtins.DATE;
const timestamptz: number = types.builtins.TIMESTAMPTZ;

/**
 * Values as the API shows them. The driver's `Date` for `date` shifts by the local time zone, so a date stays
 * `YYYY-MM-DD`; a point in time becomes RFC 3339 in UTC with milliseconds.
 */
export const typeParsers: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === date) {
      return (text: string) => text;
    }
    if (format !== 'binary' && oid === timestamptz) {
      return (text: string) => new Date(iso(text)).toISOString();
    }
    return types.getTypeParser(oid, format);
  },
};

/**
 * Postgres' own spelling is no ISO 8601, and `Date` takes its years below 100 for others. Sessions are in UTC; what is past the
 * year 9999 stays as it is.
 */
function iso(text: string): string {
  return text.charAt(4) === '-' && text.endsWith('+00')
    ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
    : text;
}
