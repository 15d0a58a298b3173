import { resolve } from 'node:path';
import type { Output } from '../start/progress.report.ts';
import { findServices } from '../start/workspace.service.ts';
import { StackError } from '../stack.error.ts';
import { existingOf, isSame, objectOf, type Existing, type Wanted } from './cluster.object.ts';
import { kubectlOf, type Kubectl } from './kubectl.command.ts';
import { HELP, parseOptions, type SecretsOptions } from './secrets.options.ts';
import { serverTls } from './server.tls.ts';
import { postgresSecrets, serviceSecrets } from './service.secrets.ts';

const WORKSPACE_ROOT = resolve(import.meta.dirname, '../../../..');
const OPENBAO = 'openbao';

/** `npm run secrets`. Sets the process' exit code: 0, or 1 after a failure, which is told in a sentence. */
export async function runSecrets(args: string[], output: Output = process.stdout): Promise<void> {
  try {
    const options = parseOptions(args);
    if (options.help) output.write(HELP);
    else await makeSecrets(options, kubectlOf(options.context), output);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    output.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function makeSecrets(options: SecretsOptions, kubectl: Kubectl, output: Output): Promise<void> {
  const { namespace = '', callers } = options;
  const names = await findServices(WORKSPACE_ROOT, options.services);
  const existing = await read(kubectl, namespace);
  const services = names.flatMap((service) => serviceSecrets(service, callers, existing));
  const [tls, ca] = await serverTls('postgres', namespace, 'db-ca', existing);
  const wanted = [...services, ...postgresSecrets(services, existing), tls, ca];
  if (options.openbao) {
    const others = await read(kubectl, OPENBAO);
    const [baoTls, baoCa] = await serverTls(OPENBAO, OPENBAO, 'vault-ca', others);
    await write(kubectl, OPENBAO, others, [baoTls, baoCa, ca], options, output);
    wanted.push(baoCa);
  }
  await write(kubectl, namespace, existing, wanted, options, output);
}

async function read(kubectl: Kubectl, namespace: string): Promise<Existing> {
  await kubectl(['get', 'namespace', namespace, '--output=name']);
  const text = await kubectl(['get', 'secrets,configmaps', `--namespace=${namespace}`, '--output=json']);
  return existingOf((JSON.parse(text) as { items: Parameters<typeof existingOf>[0] }).items);
}

/** `apply` would keep a copy of each value in an annotation, so an object is created or replaced. */
async function write(
  kubectl: Kubectl,
  namespace: string,
  existing: Existing,
  wanted: readonly Wanted[],
  { dryRun }: SecretsOptions,
  output: Output,
): Promise<void> {
  for (const object of wanted) {
    const there = existing.get(object.id);
    const verb = there === undefined ? 'create' : 'replace';
    const isKept = isSame(there, object.values);
    if (!isKept && !dryRun)
      await kubectl([verb, '--filename=-'], JSON.stringify(objectOf(object, namespace)));
    const made = there === undefined ? 'made' : `changed (${object.because})`;
    output.write(`${namespace} ${object.id}: ${isKept ? 'kept' : dryRun ? `would be ${made}` : made}\n`);
  }
}
