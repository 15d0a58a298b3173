import { Client, type ClientConfig } from 'pg';
import { cancelBackend } from './backend.cancel.ts';

interface WithConnection {
  connection: NodeJS.EventEmitter & { stream: { destroy(error?: Error): void } };
}

/**
 * A client that proves its password by SCRAM only. The driver would also send it in clear or as MD5 when a server,
 * or somebody in its place, asks for that.
 */
export class DatabaseClient extends Client {
  #completed = 0;

  constructor(config?: string | ClientConfig) {
    super(config);
    const { connection } = this as unknown as WithConnection;
    for (const weaker of ['authenticationCleartextPassword', 'authenticationMD5Password']) {
      // Before the driver's own listener, which then finds the stream destroyed and sends nothing.
      connection.prependListener(weaker, () => {
        connection.stream.destroy(Object.assign(new Error('no SCRAM'), { code: 'ERR_SCRAM_REQUIRED' }));
      });
    }
    connection.on('commandComplete', () => {
      this.#completed += 1;
    });
  }

  /** Statements that the server has reported as executed, ever: tells whether one that broke off had got that far. */
  get completed(): number {
    return this.#completed;
  }

  /**
   * Cuts the connection at once; what was under way fails. Postgres is told, for it would finish the statement before it notices,
   * and count the session until then.
   */
  cut(): void {
    (this as unknown as WithConnection).connection.stream.destroy();
    cancelBackend(this);
  }
}
