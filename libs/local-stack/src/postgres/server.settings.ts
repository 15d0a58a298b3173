import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresHome } from './postgres.home.ts';
import type { ServerCertificate } from './server.certificate.ts';

/**
 * `off` trades durability for speed, for data that is thrown away: it outlives a crash of Postgres (what was committed is with
 * the operating system), not one of the machine.
 */
export type Durability = 'on' | 'off';

const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off' };

/** Whoever isn't listed is refused, so a connection without TLS, a socket and every other address are. */
const CLIENTS = `\
hostssl all all 127.0.0.1/32 scram-sha-256
hostssl all all ::1/128      scram-sha-256
`;

/** Writes pg_hba.conf and returns the server's command-line arguments, which win over every file in the data directory. */
export async function prepareSettings(
  home: PostgresHome,
  certificate: ServerCertificate,
  port: number,
  durability: Durability,
): Promise<string[]> {
  const clientsFile = join(home.directory, 'pg_hba.conf');
  await writeFile(clientsFile, CLIENTS);
  await chmod(clientsFile, 0o644);
  const settings = {
    listen_addresses: '127.0.0.1,::1',
    port,
    unix_socket_directories: '',
    hba_file: clientsFile,
    ssl: 'on',
    ssl_min_protocol_version: 'TLSv1.3',
    ssl_cert_file: certificate.certificateFile,
    ssl_key_file: certificate.keyFile,
    password_encryption: 'scram-sha-256',
    max_connections: 100,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durability === 'off' ? NOT_DURABLE : {}),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
