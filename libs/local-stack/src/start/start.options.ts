import { parseArgs } from 'node:util';
import { StackError } from '../stack.error.ts';

export interface StartOptions {
  /** The folder in apps/ to start; undefined takes the first one. */
  service: string | undefined;
  /** The service's log goes to the terminal instead of a file. */
  logs: boolean;
  /** Built and started anew at each change of a source file. */
  watch: boolean;
  /** Credentials come from a Vault instead of mounted files. */
  vault: boolean;
  reset: boolean;
  help: boolean;
}

export const HELP = `\
Starts a service with everything it needs: a real Postgres with its roles, credentials as mounted secrets, migrations.

  npm start                      the first service in apps/
  npm start -- <service>         another one; beside the first with PORT and MANAGEMENT_PORT of its own
  npm start -- --logs            the service's log in the terminal instead of a file
  npm start -- --vault           credentials from a local OpenBao or Vault instead of mounted files; it has to be on the PATH
  npm run dev                    the same, built and started anew whenever a source file changes
  npm run rotate                 while it runs, in another terminal: changes its credentials and shows what happens
  npm start -- --reset           stop what was left running and delete .local: data, credentials, logs; of one service if named
  npm start -- --help            this text

Environment:
  PORT, MANAGEMENT_PORT          where the service listens (8080) and where its probes and metrics are (9464)
  DATABASE_PORT                  where the embedded Postgres listens (5432 when it is free, else any)
  DATABASE_HOST with             use that database and these credentials instead of the embedded Postgres; the directory
  SECRETS_DIRECTORY              holds db-credentials, api-keys and, if migrations shall run, db-migrator-credentials
  every name in the service's .env.example is passed on to it
`;

/** @throws StackError for what isn't understood */
export function parseOptions(args: string[]): StartOptions {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new StackError(`One service at a time: ${positionals.join(', ')}.`);
  const { logs = false, watch = false, vault = false, reset = false, help = false } = values;
  return { service: positionals[0], logs, watch, vault, reset, help };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        logs: { type: 'boolean' },
        watch: { type: 'boolean' },
        vault: { type: 'boolean' },
        reset: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new StackError(`${problem}. What there is: npm start -- --help`);
  }
}
