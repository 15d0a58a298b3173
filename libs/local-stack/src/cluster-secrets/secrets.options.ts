import { parseArgs } from 'node:util';
import { StackError } from '../stack.error.ts';

export interface SecretsOptions {
  /** Folders in apps/; none means all. */
  services: string[];
  namespace: string;
  context: string | undefined;
  /** The same for each of the services; undefined means whom the network policy of each lets in. */
  callers: string[] | undefined;
  /** OpenBao's certificate and who trusts it. */
  openbao: boolean;
  /** Postgres is somewhere else, with an authority of its own. */
  externalPostgres: boolean;
  /** Says what would be made and makes nothing. */
  dryRun: boolean;
  /** Writes what would be made, values included, and makes nothing. */
  print: boolean;
}

export const HELP = `\
Makes the credentials that the manifests mount, in the cluster of the current kubeconfig: for a demo, or a first environment.
A value that is there never changes, and none is shown. docs/secrets.md says which object holds what.

  npm run secrets -- --namespace demo-team              for all services in apps/, and for Postgres
  npm run secrets -- --namespace demo-team orders-api   for one
  --caller frontend                                     who calls them from this namespace; may be repeated (default: whom the
                                                        network policy of each service lets in)
  --openbao                                             certificates for OpenBao in its namespace, its authority in this one
  --external-postgres                                   nothing for Postgres, which is somewhere else and has its own authority (db-ca)
  --context kind-kind                                   another context of the kubeconfig
  --dry-run                                             only says what would be made
  --print                                               makes nothing, writes what would be made, values included, for a program that
                                                        encrypts it: npm run secrets --silent -- … --print | gpg …
  --help                                                this text
`;

const KUBERNETES_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MORE = 'What there is: npm run secrets -- --help';

/**
 * @returns undefined when help is asked for
 * @throws StackError for what isn't understood
 */
export function parseOptions(args: string[]): SecretsOptions | undefined {
  const { values, positionals } = parse(args);
  const { namespace, context, caller: callers, print = false } = values;
  const {
    openbao = false,
    'external-postgres': externalPostgres = false,
    'dry-run': dryRun = false,
  } = values;
  if (values.help) return undefined;
  if (namespace === undefined)
    throw new StackError(`Which namespace? Say --namespace demo-team, for example. ${MORE}`);
  const wrong = [namespace, ...(callers ?? [])].find((name) => !KUBERNETES_NAME.test(name));
  if (wrong !== undefined)
    throw new StackError(
      `"${wrong}" is no name for Kubernetes: lower-case letters, digits and "-", 63 at most.`,
    );
  if (dryRun && print) throw new StackError('--print makes nothing either: leave --dry-run out.');
  return { services: positionals, namespace, context, callers, openbao, externalPostgres, dryRun, print };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        namespace: { type: 'string', short: 'n' },
        context: { type: 'string' },
        caller: { type: 'string', multiple: true },
        openbao: { type: 'boolean' },
        'external-postgres': { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        print: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new StackError(`${problem}. ${MORE}`);
  }
}
