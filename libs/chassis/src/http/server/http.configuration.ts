import type { ChassisConfiguration } from '../../configuration/index.ts';

/** The part of the configuration that the HTTP contract needs. */
export type HttpConfiguration = Pick<
  ChassisConfiguration,
  Extract<keyof ChassisConfiguration, `HTTP_${string}` | `RATE_LIMIT_${string}` | 'API_DOCS'>
>;
