/** A Secret's or ConfigMap's values by their keys, as text. */
export type Values = Readonly<Record<string, string>>;

/** How an object is known in one namespace: `Secret/postgres-tls`. */
export type ObjectId = `${'Secret' | 'ConfigMap'}/${string}`;

/** As kubectl prints it: the values of a Secret in base64. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Values;
}

/** An object that a cluster has. */
export interface Found {
  readonly values: Values;
  readonly object: KubernetesObject;
}

/** What a cluster has in one namespace, of what was asked for. */
export type Existing = ReadonlyMap<ObjectId, Found>;

/** What has to be there. */
export interface Wanted {
  readonly id: ObjectId;
  /** All that is needed; what the object has beside it is nobody's business here. */
  readonly values: Values;
  readonly type?: 'kubernetes.io/tls';
  /** For the reader. */
  readonly note?: string;
}

const isSecret = (id: string): boolean => id.startsWith('Secret/');

export function existingOf(objects: readonly KubernetesObject[]): Existing {
  return new Map(
    objects.map((object) => {
      const id = `${object.kind}/${object.metadata.name}` as ObjectId;
      const read = (value: string) => (isSecret(id) ? Buffer.from(value, 'base64').toString('utf8') : value);
      const values = Object.entries(object.data ?? {}).map(([key, value]) => [key, read(value)] as const);
      return [id, { values: Object.fromEntries(values), object }];
    }),
  );
}

/** The values of an object that is there, without the final newline that editors leave. */
export function valuesOf(existing: Existing, id: ObjectId): Values | undefined {
  const values = existing.get(id)?.values;
  if (!values) return undefined;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.replace(/\r?\n$/, '')]));
}

/** An object that isn't there yet, as Kubernetes takes it. */
export function newObject({ id, values, type }: Wanted, namespace: string): object {
  const [kind, name] = id.split('/');
  const labels = {
    'app.kubernetes.io/part-of': 'secure-backend',
    'app.kubernetes.io/managed-by': 'npm-run-secrets',
  };
  const metadata = { name, namespace, labels };
  return {
    apiVersion: 'v1',
    kind,
    metadata,
    ...(isSecret(id) && { type: type ?? 'Opaque' }),
    data: dataOf(id, values),
  };
}

/** An object that is there, with what it lacks; its `resourceVersion` makes the server refuse it when somebody was faster. */
export function extendedObject({ id, values }: Wanted, { object }: Found): object {
  return { ...object, data: { ...dataOf(id, values), ...object.data } };
}

function dataOf(id: ObjectId, values: Values): Values {
  const write = (value: string) => (isSecret(id) ? Buffer.from(value).toString('base64') : value);
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, write(value)]));
}
