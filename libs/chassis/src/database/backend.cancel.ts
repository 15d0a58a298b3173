import { type Client, Connection, type ConnectionConfig } from 'pg';

/** What the driver knows of its session and its types don't tell. */
interface Backend {
  processID: number | null;
  secretKey: Buffer | number | null;
  connection: { ssl: ConnectionConfig['ssl'] };
}

interface CancelConnection extends NodeJS.EventEmitter {
  stream: { destroy(): void };
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: Buffer | number): void;
}

/** Milliseconds. */
const patience = 2_000;

/**
 * Asks Postgres, on a connection of its own, to give up what a session runs (a CancelRequest of the protocol). Whether it was
 * heard nobody says.
 */
export function cancelBackend(client: Client): void {
  const { processID, secretKey, connection } = client as unknown as Backend;
  if (processID === null || secretKey === null) {
    return;
  }
  const { ssl } = connection;
  const messenger = new Connection({ ssl }) as unknown as CancelConnection;
  const timer = setTimeout(() => messenger.stream.destroy(), patience).unref();
  messenger.on('error', () => undefined);
  const cancel = () => messenger.cancel(processID, secretKey);
  messenger.once('connect', ssl ? () => messenger.requestSsl() : cancel);
  messenger.once('sslconnect', cancel);
  messenger.once('end', () => clearTimeout(timer));
  messenger.connect(client.port, client.host);
}
