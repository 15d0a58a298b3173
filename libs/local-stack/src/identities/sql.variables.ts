import { escapeIdentifier, escapeLiteral } from 'pg';

/** What psql leaves alone (comments, strings, dollar quotes, casts), then `:'name'` and `:"name"`. */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|:(["'])(\w+)\2|'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * Fills in psql's variables as psql does: `:'name'` as a quoted text, `:"name"` as a quoted identifier.
 *
 * @throws Error for a variable without a value
 */
export function fillVariables(sql: string, values: Readonly<Record<string, string>>): string {
  return sql.replace(TOKENS, (token, _tag, quote?: string, name?: string) => {
    if (!name) return token;
    const value = values[name];
    if (value === undefined) throw new Error(`The SQL names a variable without a value: ${token}`);
    return quote === '"' ? escapeIdentifier(value) : escapeLiteral(value);
  });
}
