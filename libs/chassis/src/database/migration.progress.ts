import { DatabaseError } from 'pg';
import { DatabaseUnavailable, translate } from './database.unavailable.ts';

/** A migration can't be applied. Names the file and what Postgres says of the statement. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Follows the runner's messages, which are the only place that names the file at work; prints none of them. */
export class Progress {
  #file = 'a migration';

  info = (message: string) => {
    this.#file = /^### MIGRATION (\S+)/.exec(message)?.[1] ?? this.#file;
  };
  debug = () => undefined;
  warn = () => undefined;
  error = () => undefined;

  explain(error: unknown): unknown {
    if (!(error instanceof DatabaseError)) {
      const { code, message } = error as { code?: unknown; message?: unknown };
      // The runner's own complaints (a file out of order, one that was deleted) name files only.
      return typeof code === 'string' ? translate(error) : new MigrationError(String(message));
    }
    const translated = translate(error);
    if (translated instanceof DatabaseUnavailable) {
      return translated;
    }
    // Class 22 quotes data in its message; the others name objects of the schema.
    const detail = error.code?.startsWith('22') ? 'the data does not fit' : error.message;
    return new MigrationError(`${this.#file}: ${detail} (SQLSTATE ${error.code})`);
  }
}
