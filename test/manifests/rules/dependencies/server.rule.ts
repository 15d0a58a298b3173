import type { Manifest } from '../../../kubernetes/manifest.ts';
import { objectsOf } from '../../../kubernetes/object.draft.ts';
import { componentOf, type PodView } from '../../../kubernetes/pod.view.ts';
import { fault, type Fault, type Rule } from '../rule.contract.ts';
import { perPod } from '../rule.scope.ts';

/** The text of a file that a pod has mounted from a ConfigMap that is rendered with it; empty if it has none. */
const fileOf = (manifests: readonly Manifest[], { spec }: PodView, file: string): string => {
  const mounted = (spec.volumes ?? []).map(({ configMap }) => configMap?.name);
  return (
    objectsOf(manifests, 'ConfigMap').find(
      ({ metadata, data }) => mounted.includes(metadata?.name) && data?.[file] !== undefined,
    )?.data?.[file] ?? ''
  );
};

const missing = (text: string, wanted: Readonly<Record<string, RegExp>>): Fault[] =>
  Object.entries(wanted)
    .filter(([, pattern]) => !pattern.test(text))
    .map(([what]) => fault('/spec/volumes', `its configuration lacks ${what}`, 'configure it'));

const withoutComments = (text: string): string[] =>
  text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));

export const postgresIsStrict: Rule = {
  id: 'postgres-configuration',
  title: 'Postgres takes TLS 1.3 and SCRAM only, never its superuser from outside, and logs no statement',
  scanners: { kubescape: ['C-0012'] },
  check: perPod((pod, manifests) => {
    if (componentOf(pod) !== 'database') return [];
    const access = withoutComments(fileOf(manifests, pod, 'pg_hba.conf')).map((line) => line.split(/\s+/));
    const isStrict = access.every(
      ([type = '', ...rest]) =>
        ['local', 'hostssl'].includes(type) && ['scram-sha-256', 'reject'].includes(rest.at(-1) ?? ''),
    );
    const refusesSuperuser = access.some((line) => line.join(' ') === 'hostssl all postgres all reject');
    const args = pod.spec.containers?.[0]?.args?.join(' ');
    return [
      ...missing(fileOf(manifests, pod, 'postgresql.conf'), {
        TLS: /^ssl = on$/m,
        'TLS 1.3': /^ssl_min_protocol_version = 'TLSv1\.3'$/m,
        'its own pg_hba.conf': /^hba_file = '\/etc\/postgresql\/pg_hba\.conf'$/m,
        silence: /^log_min_error_statement = 'panic'$/m,
      }),
      ...(isStrict && refusesSuperuser
        ? []
        : [fault('/spec/volumes', 'pg_hba.conf lets somebody in otherwise', 'refuse it')]),
      ...(args === 'postgres -c config_file=/etc/postgresql/postgresql.conf'
        ? []
        : [fault('/spec/containers/0/args', `are ${args}`, 'name the configuration')]),
      ...(pod.spec.containers?.[0]?.env ?? [])
        .filter(({ name }) => name === 'POSTGRES_HOST_AUTH_METHOD')
        .map(() => fault('/spec/containers/0/env', 'change how logins are proven', 'leave it out')),
      ...(pod.spec.containers?.[0]?.env?.some(({ value }) =>
        /--auth-local=scram-sha-256 .*--auth-host=scram-sha-256/.test(value ?? ''),
      )
        ? []
        : [fault('/spec/containers/0/env', 'leave loopback without a password', 'set POSTGRES_INITDB_ARGS')]),
    ];
  }),
};

export const vaultIsStrict: Rule = {
  id: 'openbao-configuration',
  title: 'OpenBao takes TLS 1.3 only, has no user interface, audits and is no development server',
  scanners: {},
  check: perPod((pod, manifests) => {
    if (componentOf(pod) !== 'secrets-store') return [];
    const text = fileOf(manifests, pod, 'openbao.hcl');
    const { command = [], args = [] } = pod.spec.containers?.[0] ?? {};
    const line = [...command, ...args].join(' ');
    return [
      ...missing(text, {
        TLS: /^\s*tls_cert_file\s*=/m,
        'TLS 1.3': /^\s*tls_min_version\s*=\s*"tls13"$/m,
        'an audit log': /^audit /m,
        'the end of its user interface': /^ui\s*=\s*false$/m,
      }),
      ...(/tls_disable|disable_mlock|raw_storage_endpoint|log_raw\s*=/.test(text)
        ? [fault('/spec/volumes', 'its configuration weakens it', 'drop that')]
        : []),
      ...(line === 'bao server -config=/openbao/config'
        ? []
        : [fault('/spec/containers/0/command', `is ${line}`, 'start the server with its configuration')]),
    ];
  }),
};
