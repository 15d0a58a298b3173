import { isDeepStrictEqual } from 'node:util';

/** A Secret's or ConfigMap's values by their keys, as text. */
export type Values = Readonly<Record<string, string>>;

/** How an object is known in one namespace: `Secret/db-ca`. */
export type ObjectId = `${'Secret' | 'ConfigMap'}/${string}`;

/** What a cluster has in one namespace. */
export type Existing = ReadonlyMap<ObjectId, Values>;

/** What has to be there. */
export interface Wanted {
  readonly id: ObjectId;
  readonly values: Values;
  readonly type?: 'kubernetes.io/tls';
  /** In words, why it differs from what is there. */
  readonly because?: string;
}

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Values;
}

/** The values of objects as kubectl prints them. */
export function existingOf(items: readonly KubernetesObject[]): Existing {
  return new Map(
    items.map(({ kind, metadata, data = {} }) => {
      const decode = (value: string) =>
        kind === 'Secret' ? Buffer.from(value, 'base64').toString('utf8') : value;
      const values = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decode(value)]));
      return [`${kind}/${metadata.name}` as ObjectId, values];
    }),
  );
}

/** As Kubernetes takes it. */
export function objectOf({ id, values, type }: Wanted, namespace: string): object {
  const [kind, name] = id.split('/');
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'secure-backend' } },
    ...(kind === 'Secret' ? { type: type ?? 'Opaque', stringData: values } : { data: values }),
  };
}

/** Whether both hold the same, in any order. */
export const isSame = (one: Values | undefined, other: Values): boolean => isDeepStrictEqual(one, other);
