export { exceptionFields } from './exception.fields.ts';
export type { LogFields } from './log.fields.ts';
export { createLogger, Logger, silentLogger } from './logger.ts';
export { Metrics } from './metrics.ts';
export { nestLogger } from './nest.logger.ts';
