import { z } from 'zod';
import {
  absolutePath,
  commaSeparated,
  count,
  duration,
  listeningPort,
  minute,
  networkAddress,
  onOff,
  port,
  variable,
  wholeNumber,
} from './variable.ts';
import { vaultVariables } from './vault.variables.ts';

const listeningPortExpected = 'a port from 1 to 65535, or 0 for any free one';

/** The variables every service understands. A service adds its own through {@link defineConfiguration}. */
export const chassisVariables = {
  NODE_ENV: variable(z.enum(['production', 'development', 'test']).default('production'), {
    expected: 'production, development or test',
    about: 'production demands TLS to Postgres and refuses secrets in variables',
  }),
  LOG_LEVEL: variable(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'), {
    expected: 'fatal, error, warn, info, debug or trace',
    about: 'least severe level that is logged',
  }),
  LISTEN_ADDRESS: variable(z.union([z.ipv4(), z.ipv6()]).default('0.0.0.0'), {
    expected: 'an IP address',
    about: 'address both ports listen on',
  }),
  PORT: variable(listeningPort.default(8080), { expected: listeningPortExpected, about: 'port of the API' }),
  MANAGEMENT_PORT: variable(listeningPort.default(9464), {
    expected: listeningPortExpected,
    about: 'port of probes and metrics',
  }),
  SHUTDOWN_DELAY_MS: variable(wholeNumber({ min: 0, max: minute }).default(3_000), {
    expected: `whole milliseconds from 0 to ${minute}`,
    about: 'time between losing readiness and refusing connections',
  }),
  SHUTDOWN_TIMEOUT_MS: duration(25_000, 10 * minute, 'deadline of the whole drain; then connections are cut'),
  SECRETS_DIRECTORY: variable(absolutePath.default('/run/secrets'), {
    expected: 'an absolute path',
    about: 'folder with one directory per mounted secret',
  }),
  ...vaultVariables,

  API_DOCS: variable(onOff.default('off'), {
    expected: 'on or off',
    about: 'serves /openapi.json and the page /docs without a key',
  }),
  HTTP_TRUSTED_PROXIES: variable(commaSeparated(networkAddress).optional(), {
    expected: 'addresses or CIDR ranges, separated by commas',
    about: 'proxies whose X-Forwarded-For is believed; none when unset',
  }),
  HTTP_BODY_LIMIT_BYTES: count(65_536, 104_857_600, 'largest request body'),
  HTTP_HEADERS_TIMEOUT_MS: duration(10_000, 5 * minute, 'time to receive the headers of a request'),
  HTTP_REQUEST_TIMEOUT_MS: duration(30_000, 5 * minute, 'time to receive a whole request'),
  HTTP_KEEP_ALIVE_TIMEOUT_MS: duration(65_000, 10 * minute, 'time an idle connection is kept'),
  HTTP_MAX_CONCURRENT_REQUESTS: count(1_000, 100_000, 'requests in flight before 503'),
  HTTP_MAX_EVENT_LOOP_DELAY_MS: duration(1_000, minute, 'mean event-loop delay before 503'),
  RATE_LIMIT_PER_MINUTE: count(120_000, 10_000_000, 'requests of one caller'),
  RATE_LIMIT_REFUSALS_PER_MINUTE: count(60, 1_000_000, '401 answers to one address'),

  DATABASE_HOST: variable(z.string().min(1), {
    expected: 'a host name or address',
    about: 'host of Postgres',
  }),
  DATABASE_PORT: variable(port.default(5432), {
    expected: 'a port from 1 to 65535',
    about: 'port of Postgres',
  }),
  DATABASE_NAME: variable(z.string().min(1).max(63), {
    expected: 'a database name of at most 63 characters',
    about: 'database of this service',
  }),
  DATABASE_CA_FILE: variable(absolutePath.optional(), {
    expected: 'an absolute path to PEM certificates',
    about: 'CA of Postgres: turns on TLS with full verification; required in production',
  }),
  DATABASE_POOL_SIZE: count(10, 1_000, 'connections of one pool generation'),
  DATABASE_DRAIN_TIMEOUT_MS: duration(
    30_000,
    10 * minute,
    'time an outgoing pool generation may finish its work; then its sessions are cut',
  ),
  DATABASE_CONNECT_TIMEOUT_MS: duration(3_000, minute, 'time to get a connection, waiting included'),
  DATABASE_STATEMENT_TIMEOUT_MS: duration(5_000, 10 * minute, 'time of one statement'),
  DATABASE_LOCK_TIMEOUT_MS: duration(2_000, minute, 'time a statement waits for a lock'),
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: duration(5_000, minute, 'time a transaction may idle'),
} as const;

export type ChassisConfiguration = Readonly<z.output<z.ZodObject<typeof chassisVariables>>>;
