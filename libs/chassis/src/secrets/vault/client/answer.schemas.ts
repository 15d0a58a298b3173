import { z } from 'zod';

const seconds = z.int().min(0);
const secret = z.string().min(1);

/** What keeps for a time, and for how long. */
export interface Grant {
  /** 0 without an end. */
  seconds: number;
  isRenewable: boolean;
}

/** Of a login and of a renewal. */
export const tokenAnswer = z
  .object({ auth: z.object({ client_token: secret, lease_duration: seconds, renewable: z.boolean() }) })
  .transform(({ auth }) => ({
    token: auth.client_token,
    grant: { seconds: auth.lease_duration, isRenewable: auth.renewable },
  }));

/** Of a look-up. */
export const tokenProperties = z
  .object({
    data: z.object({
      ttl: seconds,
      /** Null when there is no end; then the ttl is 0, as it is in the last second before an end. */
      expire_time: z.string().nullable(),
      renewable: z.boolean().default(false),
    }),
  })
  .transform(({ data }): Grant => ({
    seconds: data.expire_time === null ? 0 : Math.max(data.ttl, 0.001),
    isRenewable: data.renewable,
  }));

const lease = z.object({ lease_id: secret, lease_duration: seconds.min(1), renewable: z.boolean() });

/** Of a dynamic role: credentials that end with their lease. */
export const leasedAnswer = lease.extend({ data: z.unknown() }).transform((answer) => ({
  leaseId: answer.lease_id,
  grant: { seconds: answer.lease_duration, isRenewable: answer.renewable },
  data: answer.data,
}));

export const renewalAnswer = z
  .object({ lease_duration: seconds, renewable: z.boolean() })
  .transform((answer): Grant => ({ seconds: answer.lease_duration, isRenewable: answer.renewable }));

/** Of a static role: `ttl` is the time until Vault changes the password. */
export const staticAnswer = z
  .object({ data: z.looseObject({ ttl: z.number().min(0) }) })
  .transform(({ data }) => ({ seconds: data.ttl, data }));

/** Of KV version 2. */
export const versionedAnswer = z
  .object({ data: z.object({ data: z.record(z.string(), z.unknown()) }) })
  .transform(({ data }) => data.data);

/** Nothing of interest. */
export const anyAnswer = z.unknown().transform(() => undefined);

export type Login = z.output<typeof tokenAnswer>;
export type LeasedCredentials = z.output<typeof leasedAnswer>;
export type StaticCredentials = z.output<typeof staticAnswer>;
