import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.ts';

/**
 * Nest's own messages as JSON lines. Nest hands over finished text, which may quote anything; only its context, a
 * class name, and the exception are kept.
 */
export function nestLogger(logger: Logger): LoggerService {
  const quiet = (_message: unknown, ...rest: unknown[]) =>
    logger.debug(`framework message from ${contextOf(rest)}`);
  const loud =
    (level: 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) =>
      logger[level](
        `framework ${level} from ${contextOf(rest)}`,
        {},
        message instanceof Error ? message : undefined,
      );
  return {
    log: quiet,
    debug: quiet,
    verbose: quiet,
    warn: loud('warn'),
    error: loud('error'),
    fatal: loud('fatal'),
  };
}

function contextOf(rest: readonly unknown[]): string {
  const context = rest.at(-1);
  return typeof context === 'string' && /^\w{1,64}$/.test(context) ? context : 'Nest';
}
