import { componentOf, containersOf, type ContainerView, type PodView } from '../../../kubernetes/pod.view.ts';
import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { perContainer, perPod } from '../rule.scope.ts';
import { variablesOf } from './variable.default.ts';

const isOurs = (pod: PodView): boolean => ['api', 'migrations'].includes(componentOf(pod) ?? '');

/** Vault's token of a pod: its volume is what the service finds at /run/secrets/vault-kubernetes. */
const takesFromVault = ({ spec }: PodView): boolean =>
  (spec.volumes ?? []).some(({ name }) => name === 'vault-kubernetes');

const database = ['DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_CA_FILE'];
const vault: Readonly<Record<string, readonly string[]>> = {
  api: ['VAULT_ADDRESS', 'VAULT_CA_FILE', 'VAULT_AUTH_ROLE', 'VAULT_DATABASE_PATH', 'VAULT_CALLERS_PATH'],
  migrations: ['VAULT_ADDRESS', 'VAULT_CA_FILE', 'VAULT_AUTH_ROLE', 'VAULT_MIGRATOR_PATH'],
};

const valueOf = ({ container }: ContainerView, name: string): string =>
  container.env?.find((variable) => variable.name === name)?.value ?? '';

const tlsFaults = (view: ContainerView): Fault[] => {
  const mounts = (view.container.volumeMounts ?? []).map(({ mountPath }) => mountPath);
  return [
    ...['DATABASE_CA_FILE', 'VAULT_CA_FILE']
      .map((name) => valueOf(view, name))
      .filter((path) => path !== '' && !mounts.includes(path.replace(/\/[^/]*$/, '')))
      .map((path) => fault('/env', `${path} is not mounted`, 'mount the CA there')),
    ...(/^(?:https:|$)/.test(valueOf(view, 'VAULT_ADDRESS'))
      ? []
      : [fault('/env', 'reach Vault without TLS', 'use https')]),
  ];
};

export const statesItsVariables: Rule = {
  id: 'complete-variables',
  title: 'Services and migrations know their database and its CA, and where their credentials come from',
  scanners: {},
  check: perContainer((view) => {
    const component = componentOf(view.pod) ?? '';
    if (!isOurs(view.pod) || view.list !== 'containers') return [];
    const needed = [...database, ...(takesFromVault(view.pod) ? (vault[component] ?? []) : [])];
    return [
      ...needed
        .filter((name) => valueOf(view, name) === '')
        .map((name) => fault('/env', `lack ${name}`, 'set it')),
      ...tlsFaults(view),
    ];
  }),
};

export const knowsItsVariables: Rule = {
  id: 'known-variables',
  title: 'Services and migrations have no variable that the service would not read',
  scanners: {},
  check: perContainer((view) => {
    const known = variablesOf(view.pod);
    return isOurs(view.pod) && view.list === 'containers'
      ? (view.container.env ?? [])
          .filter(({ name = '' }) => !known.includes(name))
          .map(({ name }) => fault('/env', `${name} is read by nobody`, 'see .env.example'))
      : [];
  }),
};

const label = 'secure-backend/credentials';

export const isKnownToVault: Rule = {
  id: 'vault-label',
  title: 'Exactly the pods that take credentials from Vault have the label that opens the way to it',
  scanners: {},
  check: perPod((pod) =>
    (pod.labels[label] === 'openbao') === takesFromVault(pod)
      ? []
      : [
          fault(
            `/metadata/labels/${label.replace('/', '~1')}`,
            "doesn't fit its volumes",
            'set it with the token',
          ),
        ],
  ),
};

const commands: Readonly<Record<string, string>> = { api: 'serve', migrations: 'migrate' };

export const runsItsCommand: Rule = {
  id: 'command-of-identity',
  title: 'A service serves and migrations migrate, by the entry point of the image',
  scanners: {},
  check: perPod((pod) => {
    const command = commands[componentOf(pod) ?? ''];
    if (command === undefined) return [];
    return containersOf(pod)
      .filter(({ list }) => list === 'containers')
      .filter(({ container }) => container.args?.join(' ') !== command || container.command !== undefined)
      .map(({ path }) =>
        fault(path.slice(pod.path.length), 'runs something else', `set args to [${command}]`),
      );
  }),
};

const runtime = /^gcr\.io\/distroless\/nodejs/;
const allowed = /^--(?:permission|allow-fs-read=\/[\w/.-]+)$/;

export const runsUnderPermissions: Rule = {
  id: 'runtime-permissions',
  title: "A script on the bare runtime image runs under Node's permission model and may only read",
  scanners: {},
  check: perContainer(({ container }) => {
    if (!runtime.test(container.image ?? '')) return [];
    const args = container.args ?? [];
    const flags = args.filter((argument) => argument?.startsWith('-'));
    const isGuarded = args[0] === '--permission' && flags.every((flag) => allowed.test(flag ?? ''));
    // What it holds is added to the command line, and so may allow more.
    const widens = (container.env ?? []).some(({ name }) => name === 'NODE_OPTIONS');
    return [
      ...(isGuarded
        ? []
        : [fault('/args', `are ${args.join(' ')}`, 'begin with --permission, allow only reading')]),
      ...(widens ? [fault('/env', 'sets NODE_OPTIONS, which can allow more', 'put flags into args')] : []),
    ];
  }),
};
