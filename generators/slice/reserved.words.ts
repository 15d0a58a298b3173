const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What Postgres 18 takes as the name of a column only in quotes: `pg_get_keywords()`, catcode R and T. */
export const sqlKeywords = words(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
  from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
  unique user using variadic verbose when where window with`);

/** Columns that each table has without being asked. */
export const systemColumns = words('cmax cmin ctid tableoid xmax xmin');

/** What can't be the name of a variable in a module of TypeScript. */
export const scriptKeywords = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public
  return static super switch this throw true try typeof undefined var void while with yield`);

/** Fields that each resource of the pattern has, and parameters that each list has. */
export const sliceNames = words('id version createdAt updatedAt limit cursor');

/** What every object has; in JSON from a stranger that is an attack, which the service refuses. */
export const objectMembers = words(`
  constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf`);
