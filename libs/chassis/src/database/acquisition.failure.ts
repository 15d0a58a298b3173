import { DatabaseUnavailable, translate } from './database.unavailable.ts';
import { Interruption, refusedLogin } from './interruption.ts';

/** The pool was cut: another generation may do. */
export function tooLate(): Interruption {
  return new Interruption('drain deadline', { isRefused: false });
}

/** No session was had, whatever the reason: nothing has run. */
export function asUnavailable(error: unknown): DatabaseUnavailable {
  const translated = translate(error);
  const code = (error as { code?: string } | undefined)?.code ?? 'unknown';
  if (refusedLogin.test(code)) {
    return new Interruption(code, { isRefused: true });
  }
  return translated instanceof DatabaseUnavailable ? translated : new DatabaseUnavailable(code);
}
