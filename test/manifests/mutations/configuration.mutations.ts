import type { Manifest } from '../../kubernetes/manifest.ts';
import {
  beside,
  drop,
  inContainer,
  migrations,
  mutation,
  service,
  set,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const takesFromVault = (object: Manifest): boolean => JSON.stringify(object).includes('"audience":"vault"');
const vaultService: Target = { ...service, where: takesFromVault };

/** What can be wrong with variables, commands and ConfigMaps. */
export const configurationMutations: readonly Mutation[] = [
  mutation(
    'a Secret in the manifests',
    { kind: 'ConfigMap' },
    beside((object) => [
      {
        ...object,
        kind: 'Secret',
        data: {},
        stringData: { password: 'hunter2' },
      },
    ]),
    'no-secret-rendered',
  ),
  mutation(
    'a password in a ConfigMap',
    { kind: 'ConfigMap', component: 'caller' },
    set('/data/settings.yaml', 'user: me\npassword: correct-horse\n'),
    'config-map-content',
  ),
  mutation(
    'a private key in a ConfigMap',
    { kind: 'ConfigMap', component: 'caller' },
    set('/data/server.pem', '-----BEGIN PRIVATE KEY-----\nMIIE\n'),
    'config-map-content',
  ),
  mutation(
    'an item that is named like a secret',
    { kind: 'ConfigMap', component: 'caller' },
    set('/data/token', 'a b c\n'),
    'config-map-content',
  ),
  mutation(
    'a value that scanners take for a secret',
    { kind: 'ConfigMap', component: 'caller' },
    set('/data/port', '8080'),
    'config-map-content',
  ),
  mutation(
    'a ConfigMap that nobody can read',
    { kind: 'ConfigMap', component: 'caller' },
    set('/binaryData', { program: 'AAAA' }),
    'config-map-content',
  ),
  mutation('a database of no CA', service, drop(inContainer('/env/2')), 'complete-variables'),
  mutation(
    'a CA that is not mounted',
    service,
    set(inContainer('/env/2/value'), '/etc/ssl/ca.crt'),
    'complete-variables',
  ),
  mutation(
    'Vault without TLS',
    vaultService,
    set(inContainer('/env/4/value'), 'http://openbao.openbao.svc:8200'),
    'complete-variables',
  ),
  mutation(
    'a variable that nobody reads',
    service,
    set(inContainer('/env/-'), { name: 'DATABASE_POOLSIZE', value: '5' }),
    'known-variables',
  ),
  mutation('migrations that serve', migrations, set(inContainer('/args'), ['serve']), 'command-of-identity'),
  mutation(
    'a service by another entry point',
    service,
    set(inContainer('/command'), ['/nodejs/bin/node']),
    'command-of-identity',
  ),
];
