import { parseArgs } from 'node:util';
import { StackError } from '../stack.error.ts';

export interface RotateOptions {
  /** Undefined: the one that runs. */
  service: string | undefined;
  /** How many rotations, one after the other. */
  times: number;
  /** The API key instead of the database's credentials. */
  key: boolean;
  help: boolean;
}

const MOST_TIMES = 1000;

export const HELP = `\
Changes the credentials of the service that npm start runs, now, while callers use it, and shows what happens. With mounted
files the other runtime login takes over with a new password; with Vault every lease is revoked, as after a leak.

  npm run rotate                 the credentials of the database, once
  npm run rotate -- <service>    of that one, where several run
  npm run rotate -- --times 5    five times, one after the other
  npm run rotate -- --key        the API key: the new one beside the old one, then without it
  npm run rotate -- --help       this text

It ends with 0 when the service has changed over and no request has failed, else with 1.
`;

/** @throws StackError for what isn't understood */
export function parseOptions(args: string[]): RotateOptions {
  const { values, positionals } = parse(args);
  const { times, key = false, help = false } = values;
  if (positionals.length > 1) throw new StackError(`One service at a time: ${positionals.join(', ')}.`);
  if (key && times !== undefined) throw new StackError('--key changes the key once: leave --times out.');
  const count = Number(times ?? 1);
  if (!Number.isInteger(count) || count < 1 || count > MOST_TIMES)
    throw new StackError(`--times must be a whole number from 1 to ${MOST_TIMES}.`);
  return { service: positionals[0], times: count, key, help };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        times: { type: 'string' },
        key: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new StackError(`${problem}. What there is: npm run rotate -- --help`);
  }
}
