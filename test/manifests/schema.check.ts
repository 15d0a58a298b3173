import * as client from '@kubernetes/client-node';
import type { Manifest } from '../kubernetes/manifest.ts';

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

interface Model {
  getAttributeTypeMap(): readonly Attribute[];
}

const models = client as unknown as Readonly<Record<string, Model | undefined>>;
const isModel = (name: string): boolean => typeof models[name]?.getAttributeTypeMap === 'function';

/** `networking.k8s.io/v1`, `NetworkPolicy` → `V1NetworkPolicy`, as the client names its models. */
const modelName = ({ apiVersion, kind }: Manifest): string => {
  const version = apiVersion.split('/').at(-1) ?? '';
  return `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`;
};

/**
 * Fields that Kubernetes doesn't know, by their paths. The schemas of `kubernetes-models` check types and enumerations but let
 * these pass, and the API server would drop them without a word.
 */
export function unknownFields(object: Manifest): string[] {
  const name = modelName(object);
  return isModel(name) ? unknownIn(name, object, '') : [`no such kind: ${object.apiVersion} ${object.kind}`];
}

function unknownIn(type: string, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const [, inner] = /^(?:Array<|Set<|\{ \[key: string\]: )(.*?)(?:>|; \})$/.exec(type) ?? [];
  if (inner !== undefined)
    return Object.entries(value).flatMap(([key, each]) => unknownIn(inner, each, `${path}/${key}`));
  const model = models[type];
  if (model === undefined || !isModel(type)) return [];
  const types = new Map(model.getAttributeTypeMap().map((attribute) => [attribute.baseName, attribute.type]));
  return Object.entries(value).flatMap(([key, each]) => {
    const expected = types.get(key);
    return expected === undefined
      ? [`unknown field ${path}/${key}`]
      : unknownIn(expected, each, `${path}/${key}`);
  });
}

/** What the published schemas say against an object: types, enumerations, required fields. */
export async function schemaProblems(object: Manifest): Promise<string[]> {
  const { [object.kind]: Kind } = (await import(`kubernetes-models/${object.apiVersion}`)) as Record<
    string,
    (new (data: unknown) => { validate: () => void }) | undefined
  >;
  if (Kind === undefined) return [`no such kind: ${object.apiVersion} ${object.kind}`];
  try {
    new Kind(object).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
