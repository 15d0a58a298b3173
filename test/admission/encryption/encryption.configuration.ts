import { parse, stringify } from 'yaml';
import { z } from 'zod';

const key = z.strictObject({ name: z.string().min(1), secret: z.string() });
const keys = z.strictObject({ keys: z.array(key).min(1) });
const kms = z.strictObject({
  apiVersion: z.literal('v2'),
  name: z.string().min(1),
  endpoint: z.string().startsWith('unix://'),
  timeout: z.string().optional(),
});
// One of them each; `aescbc`, `aesgcm` and KMS v1 have known weaknesses, so they are no option.
const provider = z.union([
  z.strictObject({ secretbox: keys }),
  z.strictObject({ kms }),
  z.strictObject({ identity: z.strictObject({}) }),
]);
const configuration = z.strictObject({
  apiVersion: z.literal('apiserver.config.k8s.io/v1'),
  kind: z.literal('EncryptionConfiguration'),
  resources: z.array(z.strictObject({ resources: z.array(z.string()), providers: z.array(provider).min(1) })),
});

export type EncryptionConfiguration = z.infer<typeof configuration>;
export type Key = z.infer<typeof key>;

/** @throws ZodError for what the API server wouldn't take, or shouldn't */
export const parseEncryption = (text: string): EncryptionConfiguration => configuration.parse(parse(text));

/** What is wrong with it; each as a sentence. */
export function encryptionFaults({ resources }: EncryptionConfiguration): string[] {
  const covered = resources.flatMap((entry) => entry.resources);
  return [
    ...['secrets', 'configmaps']
      .filter((name) => !covered.includes(name))
      .map((name) => `${name} are left out`),
    ...resources.flatMap(({ providers }) => [
      ...(providers[0] && 'identity' in providers[0]
        ? ['what is new is stored as it is: identity is first']
        : []),
      ...(providers.slice(0, -1).some((one) => 'identity' in one) ? ['identity is not last'] : []),
    ]),
  ];
}

/** Keys that aren't 32 random bytes in base64. */
export const weakKeys = ({ resources }: EncryptionConfiguration): string[] =>
  resources
    .flatMap(({ providers }) => providers.flatMap((one) => ('secretbox' in one ? one.secretbox.keys : [])))
    .filter(
      ({ secret }) =>
        Buffer.from(secret, 'base64').length !== 32 || new Set(Buffer.from(secret, 'base64')).size < 8,
    )
    .map(({ name }) => name);

/** The text with the same resources and these providers in this order. */
export function withProviders(text: string, providers: readonly object[]): string {
  const { resources, ...rest } = parseEncryption(text);
  return stringify({ ...rest, resources: resources.map((entry) => ({ ...entry, providers })) });
}

/** The keys of secretbox, in their order. */
export const keysOf = (text: string): Key[] =>
  parseEncryption(text).resources.flatMap(({ providers }) =>
    providers.flatMap((one) => ('secretbox' in one ? one.secretbox.keys : [])),
  );
