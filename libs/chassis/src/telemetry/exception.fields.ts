import type { LogFields } from './log.fields.ts';

/** Own errors whose messages are written to be logged: they name variables and places, never values. */
const errorsWithSafeMessages = new Set([
  'ConfigurationError',
  'SecretError',
  'VaultError',
  'DatabaseUnavailable',
  'OutcomeUnknown',
  'ListenError',
  'MigrationError',
]);
/** The language's own errors describe code, not data, unless Node gave them a code (then they quote arguments). */
const programmingErrors = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/**
 * An exception as log fields. Its message appears only when it is known to hold no data: Postgres quotes rows and
 * user names in its messages, parsers quote their input.
 */
export function exceptionFields(error: unknown): Partial<LogFields> {
  if (!(error instanceof Error)) {
    return { 'exception.type': typeof error };
  }
  const code = (error as { code?: unknown }).code;
  return {
    'exception.type': error.name,
    ...(typeof code === 'string' && { 'error.type': code }),
    ...(hasSafeMessage(error, code) && { 'exception.message': error.message }),
    'exception.stacktrace': framesOf(error),
  };
}

function hasSafeMessage(error: Error, code: unknown): boolean {
  return (
    errorsWithSafeMessages.has(error.name) ||
    (programmingErrors.has(error.name) && code === undefined) ||
    isWiringError(error)
  );
}

/** Nest's errors about modules and providers name classes; without their text nobody finds the mistake. */
function isWiringError(error: Error): boolean {
  let type: unknown = error.constructor;
  while (typeof type === 'function' && type.name !== 'RuntimeException') {
    type = Object.getPrototypeOf(type);
  }
  return typeof type === 'function';
}

/** The stack without its first lines, which repeat the message. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');
}
