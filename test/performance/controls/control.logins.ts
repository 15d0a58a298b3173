import type { BenchPostgres } from '../surroundings/bench.postgres.ts';

export interface ControlLogin {
  user: string;
  password: string;
}

/** Short-lived logins with the service's rights, for controls. */
export class ControlLogins {
  readonly #postgres: BenchPostgres;
  readonly #prefix: string;
  #number = 0;

  constructor(postgres: BenchPostgres, prefix: string) {
    this.#postgres = postgres;
    this.#prefix = prefix;
  }

  async issue(): Promise<ControlLogin> {
    const user = `${this.#prefix}_${(this.#number += 1)}`;
    const password = `password of ${user}`;
    const { runtime } = this.#postgres.service.names;
    await this.#postgres.query(`create role ${user} login password '${password}' in role ${runtime}`);
    return { user, password };
  }

  async revoke({ user }: ControlLogin): Promise<void> {
    await this.#postgres.query(`drop role ${user}`);
  }
}
