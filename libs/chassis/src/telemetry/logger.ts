import { type DestinationStream, pino } from 'pino';
import { exceptionFields } from './exception.fields.ts';
import { type LogFields, onlyListedFields } from './log.fields.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
type Level = (typeof levels)[number];

type Write = (body: string, fields?: Partial<LogFields>, error?: unknown) => void;

/**
 * A line is a fixed sentence plus listed fields. Data never goes into the sentence. A class, so that services can have it
 * injected.
 */
export abstract class Logger implements Readonly<Record<Level, Write>> {
  abstract readonly trace: Write;
  abstract readonly debug: Write;
  abstract readonly info: Write;
  abstract readonly warn: Write;
  abstract readonly error: Write;
  abstract readonly fatal: Write;
}

export interface LoggerOptions {
  service: string;
  version: string;
  level: Level;
}

/**
 * JSON lines on standard output, written in this thread: a transport worker would lose lines on a crash and needs
 * a right that the hardened process doesn't have.
 */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const target = pino(
    {
      level: options.level,
      base: { 'service.name': options.service, 'service.version': options.version },
      messageKey: 'body',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ severity_text: label.toUpperCase() }), log: onlyListedFields },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  const write =
    (level: Level): Write =>
    (body, fields = {}, error) =>
      target[level](error === undefined ? fields : { ...fields, ...exceptionFields(error) }, body);
  return Object.fromEntries(levels.map((level) => [level, write(level)])) as Record<Level, Write>;
}

/** For what runs where nobody listens. */
export const silentLogger: Logger = createLogger(
  { service: '', version: '', level: 'fatal' },
  { write: () => undefined },
);
