import pg from 'pg';

const { DATE, TIMESTAMPTZ } = pg.types.builtins;

/**
 * Values as the API shows them. The driver's `Date` for `date` shifts by the local time zone, so a date stays
 * `YYYY-MM-DD`; a point in time becomes RFC 3339 in UTC with milliseconds.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === DATE) {
      return (text: string) => text;
    }
    if (format !== 'binary' && oid === TIMESTAMPTZ) {
      return (text: string) => new Date(text).toISOString();
    }
    return pg.types.getTypeParser(oid, format);
  },
};
