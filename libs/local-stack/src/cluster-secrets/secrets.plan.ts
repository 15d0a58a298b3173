import { valuesOf, type Existing, type ObjectId, type Wanted } from './cluster.object.ts';
import { planChange, type PlannedChange } from './planned.change.ts';
import type { CalledService } from './policy.callers.ts';
import { postgresSecrets } from './postgres.secrets.ts';
import type { SecretsOptions } from './secrets.options.ts';
import { serverTls } from './server.tls.ts';
import { serviceSecretIds, serviceSecrets } from './service.secrets.ts';

/** Where k8s/dependencies/openbao puts it. */
export const OPENBAO = 'openbao';

/** The objects that a plan looks at, and no others. */
export function idsToRead(services: readonly CalledService[]): ObjectId[] {
  const own = services.flatMap(({ service, callers }) => {
    const { runtime, migrator, keys, callerKey } = serviceSecretIds(service);
    return [runtime, migrator, keys, ...callers.map(callerKey)];
  });
  const secrets = ['postgres-superuser', 'postgres-identities', 'postgres-tls', `${OPENBAO}-tls`] as const;
  const authorities = ['db-ca', 'vault-ca'] as const;
  return [
    ...own,
    ...secrets.map((name) => `Secret/${name}` as const),
    ...authorities.map((name) => `ConfigMap/${name}` as const),
  ];
}

/**
 * What is to be made, the objects that others are derived from first: a run that is cut off leaves nothing that the next one can't
 * complete.
 *
 * @param existing what the namespace has, and that of OpenBao where it is wanted
 * @throws StackError when what is there doesn't fit together
 */
export async function planSecrets(
  options: SecretsOptions,
  services: readonly CalledService[],
  existing: Existing,
  ofOpenbao: Existing,
): Promise<PlannedChange[]> {
  const { namespace } = options;
  const place = { namespace, existing };
  const wanted = services.flatMap(({ service, callers }) => serviceSecrets(service, callers, place));
  if (!options.externalPostgres)
    wanted.push(...postgresSecrets(wanted, place), ...(await serverTls('postgres', 'db-ca', place)));
  const here = (object: Wanted) => planChange(object, namespace, existing);
  if (!options.openbao) return wanted.map(here);
  const there = (object: Wanted) => planChange(object, OPENBAO, ofOpenbao);
  const pair = await serverTls(OPENBAO, 'vault-ca', { namespace: OPENBAO, existing: ofOpenbao });
  const copies = authorityOfPostgres(wanted, existing);
  return [...pair.map(there), ...[...wanted, pair[1]].map(here), ...copies.map(there)];
}

/** For OpenBao, which makes logins there. */
function authorityOfPostgres(wanted: readonly Wanted[], existing: Existing): Wanted[] {
  const id = 'ConfigMap/db-ca';
  const made = wanted.filter((object) => object.id === id);
  const external = valuesOf(existing, id);
  return made.length > 0 || !external ? made : [{ id, values: external }];
}
