// The demo's generations: a connection per credential, and units of work that end where they began.
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { readLogin, whenLoginChanges } from './demo.secrets.js';

const { env } = process;
/** A role that was dropped: without its rights on the schema a table isn't forbidden, it isn't found. */
const LOST = /^(42...|0P000|3F000|XX000)$/;

export async function connect(secret, vaultPath) {
  const { username, password } = await readLogin(secret, vaultPath);
  const client = new Client({
    host: env.DATABASE_HOST,
    port: Number(env.DATABASE_PORT),
    database: env.DATABASE_NAME,
    user: username,
    password,
    ssl: { ca: readFileSync(env.DATABASE_CA_FILE, 'utf8') },
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export class Generations {
  number = 0;
  replays = 0;
  drainSeconds = 0;
  #current;
  #changing;

  async open() {
    await this.#change();
    whenLoginChanges(() => void this.#change());
  }

  async query(sql, values) {
    const generation = this.#current;
    try {
      return await this.#run(generation, sql, values);
    } catch (error) {
      if (!LOST.test(error.code) || env.DEMO_FAILS === 'replay') throw error;
      if (generation === this.#current) await this.#change();
      this.replays += 1;
      return await this.#run(this.#current, sql, values);
    }
  }

  async close() {
    await this.#current.client.end();
  }

  async #run(generation, sql, values) {
    generation.inFlight += 1;
    try {
      return await generation.client.query(sql, values);
    } finally {
      generation.inFlight -= 1;
      generation.idle();
    }
  }

  #change() {
    if (env.DEMO_FAILS === 'rotate' && this.number > 0) return undefined;
    this.#changing ??= this.#next().finally(() => (this.#changing = undefined));
    return this.#changing;
  }

  async #next() {
    const outgoing = this.#current;
    // Ended before there is another: whoever calls meanwhile fails, however busy the machine is.
    if (env.DEMO_FAILS === 'swap' && outgoing) await outgoing.client.end();
    const client = await connect('db-credentials', env.VAULT_DATABASE_PATH);
    this.#current = { client, inFlight: 0, idle: () => undefined };
    this.number += 1;
    if (outgoing && env.DEMO_FAILS !== 'swap') void this.#drain(outgoing);
  }

  async #drain(outgoing) {
    const since = performance.now();
    if (outgoing.inFlight > 0) {
      await new Promise((resolve) => {
        outgoing.idle = () => outgoing.inFlight === 0 && resolve();
      });
    }
    await outgoing.client.end();
    this.drainSeconds += (performance.now() - since) / 1000;
  }
}
