import { parseArgs } from 'node:util';
import { StackError } from '../stack.error.ts';

export interface SecretsOptions {
  /** Folders in apps/; none means all. */
  services: string[];
  namespace: string | undefined;
  context: string | undefined;
  callers: string[];
  openbao: boolean;
  dryRun: boolean;
  help: boolean;
}

export const HELP = `\
Makes the credentials that the manifests mount, in the cluster of the current kubeconfig: for a demo, or a first environment.
What is there stays as it is; nothing is printed but names.

  npm run secrets -- --namespace demo              for all services in apps/, Postgres included
  npm run secrets -- --namespace demo orders-api   for one
  --caller frontend                                who calls from this namespace; may be repeated (default: frontend)
  --openbao                                        certificates for OpenBao in its namespace, its authority in this one
  --context kind-kind                              another context of the kubeconfig
  --dry-run                                        only says what would be made
  --help                                           this text
`;

/** @throws StackError for what isn't understood */
export function parseOptions(args: string[]): SecretsOptions {
  const { values, positionals } = parse(args);
  const { namespace, context, openbao = false, help = false } = values;
  if (!help && namespace === undefined)
    throw new StackError(
      'Which namespace? Say --namespace demo, for example. What there is: npm run secrets -- --help',
    );
  const callers = values.caller ?? ['frontend'];
  const named = [...callers, ...(namespace === undefined ? [] : [namespace])];
  const wrong = named.find((name) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name));
  if (wrong !== undefined)
    throw new StackError(
      `"${wrong}" is no name for Kubernetes: lower-case letters, digits and "-", 63 at most.`,
    );
  return {
    services: positionals,
    namespace,
    context,
    callers,
    openbao,
    dryRun: values['dry-run'] ?? false,
    help,
  };
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
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new StackError(`${problem}. What there is: npm run secrets -- --help`);
  }
}
