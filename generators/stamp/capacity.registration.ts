import { isMap, isScalar } from 'yaml';
import { editYaml } from './yaml.edit.ts';

/** What one more service can need in a namespace, at most; k8s/namespace/resource-quota.yaml says where from. */
const quotaOfService: Readonly<Record<string, number>> = {
  pods: 14,
  'requests.cpu': 4,
  'requests.memory': 3,
  'requests.ephemeral-storage': 1,
  'limits.cpu': 28,
  'limits.memory': 6,
  'limits.ephemeral-storage': 1,
};

/** Six replicas, twice a pool of five and two for the migrations; the annotation of the service's Deployment. */
const connectionsOfService = 72;

/** @throws Error when the quantity isn't whole, or in another unit than Gi */
function raised(quantity: string, by: number): string {
  const [, amount, unit] = /^(\d+)(Gi)?$/.exec(quantity) ?? [];
  if (amount === undefined)
    throw new Error(`has the quantity "${quantity}", which is no whole number (of Gi)`);
  return `${Number(amount) + by}${unit ?? ''}`;
}

/** A quota with room for one more service. */
export const raiseQuota = (text: string): string =>
  editYaml(text, (document) => {
    const hard = document.getIn(['spec', 'hard']);
    if (!isMap(hard)) throw new Error('has no map at spec.hard');
    for (const [resource, by] of Object.entries(quotaOfService)) {
      const quantity = hard.get(resource, true);
      if (isScalar(quantity)) quantity.value = raised(String(quantity.value), by);
    }
  });

/** A postgresql.conf with connections for one more service. */
export function raiseConnections(text: string): string {
  const setting = /^(max_connections = )(\d+)$/m;
  if (!setting.test(text)) throw new Error('has no line "max_connections = " and a number');
  return text.replace(
    setting,
    (_, name: string, limit: string) => `${name}${Number(limit) + connectionsOfService}`,
  );
}
