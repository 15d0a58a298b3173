import {
  database,
  drop,
  inContainer,
  mutation,
  set,
  store,
  type Edit,
  type Mutation,
  type Target,
} from './mutation.contract.ts';

const postgresFile: Target = {
  kind: 'ConfigMap',
  component: 'database',
  where: ({ data }) => 'pg_hba.conf' in (data as object),
};
const file =
  (name: string, change: (text: string) => string): Edit =>
  (object) =>
    set(`/data/${name}`, change((object['data'] as Record<string, string>)[name] ?? ''))(object);
const replacing =
  (old: string, next: string) =>
  (text: string): string => {
    if (!text.includes(old)) throw new Error(`there is no ${old}`);
    return text.replace(old, next);
  };
const hcl: Target = { kind: 'ConfigMap', component: 'secrets-store' };

/** What can be wrong with the servers that are rendered beside a service. */
export const serverMutations: readonly Mutation[] = [
  mutation(
    'Postgres that lets loopback in',
    postgresFile,
    file('pg_hba.conf', (text) => `host all all 127.0.0.1/32 trust\n${text}`),
    'postgres-configuration',
  ),
  mutation(
    'Postgres with MD5',
    postgresFile,
    file(
      'pg_hba.conf',
      replacing('hostssl  all       all       all      scram-sha-256', 'hostssl all all all md5'),
    ),
    'postgres-configuration',
  ),
  mutation(
    'Postgres whose superuser logs in',
    postgresFile,
    file('pg_hba.conf', replacing('reject', 'scram-sha-256')),
    'postgres-configuration',
  ),
  mutation(
    'Postgres without TLS',
    postgresFile,
    file('postgresql.conf', replacing('ssl = on', 'ssl = off')),
    'postgres-configuration',
  ),
  mutation(
    'Postgres with too few sessions',
    postgresFile,
    file('postgresql.conf', (text) => text.replace(/max_connections = \d+/, 'max_connections = 10')),
    'server-connections',
  ),
  mutation('Postgres by its defaults', database, drop(inContainer('/args')), 'postgres-configuration'),
  mutation(
    'OpenBao without TLS',
    hcl,
    file('openbao.hcl', (text) => text.replace('listener "tcp" {', 'listener "tcp" {\n  tls_disable = true')),
    'openbao-configuration',
  ),
  mutation(
    'OpenBao without an audit',
    hcl,
    file('openbao.hcl', replacing('audit "file"', '# audit "file"')),
    'openbao-configuration',
  ),
  mutation(
    'OpenBao as a development server',
    store,
    set(inContainer('/command'), ['bao', 'server', '-dev']),
    'openbao-configuration',
  ),
  mutation(
    'a superuser without a password',
    database,
    set(inContainer('/env/-'), { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'trust' }),
    'postgres-configuration',
  ),
];
