import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '@secure-backend/local-stack/testing';
import { type Credentials, FakeDatabase } from './fake.database.ts';
import { FakeGrant, type FakeTimes } from './fake.grants.ts';

interface FakeLease extends FakeGrant {
  credentials?: Credentials;
}

/** As an answer of Vault: an HTTP status, and a body unless it is empty. */
export interface FakeAnswer {
  status: number;
  body?: unknown;
}

export const refused: FakeAnswer = { status: 403, body: { errors: ['permission denied'] } };
const wrong = (message: string): FakeAnswer => ({ status: 400, body: { errors: [message] } });

/** What Vault knows and does, without HTTP: tokens, leases below them, one static role, one secret. */
export class FakeVault {
  readonly login = { roleId: randomBytes(8).toString('hex'), secretId: randomBytes(8).toString('hex') };
  readonly tokens = new Map<string, FakeGrant>();
  readonly leases = new Map<string, FakeLease>();
  isSealed = false;
  /** Content of the KV path; undefined when deleted. */
  secret: Record<string, string> | undefined;
  readonly #database: FakeDatabase;
  #static: Credentials | undefined;
  #staticChangedAt = 0;

  constructor(
    private readonly surroundings: TestDatabase,
    readonly times: FakeTimes,
    readonly staticSeconds: number,
  ) {
    this.#database = new FakeDatabase(surroundings);
  }

  logIn({ role_id, secret_id }: Record<string, unknown>): FakeAnswer {
    if (role_id !== this.login.roleId || secret_id !== this.login.secretId) {
      return wrong('invalid role or secret ID');
    }
    const { tokenSeconds, tokenMaxSeconds } = this.times;
    const token: FakeGrant = new FakeGrant('hvs.', [tokenSeconds, tokenMaxSeconds], () => {
      void this.#expire(() => this.revokeToken(token));
    });
    this.tokens.set(token.id, token);
    return this.#auth(token, tokenSeconds);
  }

  lookUp(token: FakeGrant): FakeAnswer {
    return {
      status: 200,
      body: { data: { ttl: token.ttl, expire_time: token.expireTime, renewable: true } },
    };
  }

  renewToken(token: FakeGrant, { increment }: Record<string, unknown>): FakeAnswer {
    return this.#auth(token, token.renew(Number(increment)));
  }

  async revokeToken(token: FakeGrant): Promise<FakeAnswer> {
    token.end();
    this.tokens.delete(token.id);
    await Promise.all([...token.children].map((lease) => this.revokeLease(lease.id)));
    return { status: 204 };
  }

  async issue(token: FakeGrant, path: string, group: string): Promise<FakeAnswer> {
    const { leaseSeconds, maxLeaseSeconds } = this.times;
    const credentials = await this.#database.createRole(group, leaseSeconds);
    const lease: FakeLease = new FakeGrant(`${path}/`, [leaseSeconds, maxLeaseSeconds], () => {
      void this.#expire(() => this.revokeLease(lease.id));
    });
    lease.credentials = credentials;
    this.leases.set(lease.id, lease);
    token.children.add(lease);
    return this.#lease(lease, leaseSeconds, credentials);
  }

  async renewLease({ lease_id, increment }: Record<string, unknown>): Promise<FakeAnswer> {
    const lease = this.leases.get(String(lease_id));
    if (lease?.credentials === undefined || lease.isOverdue) {
      return wrong('lease not found');
    }
    const seconds = lease.renew(Number(increment));
    await this.#database.prolongRole(lease.credentials.username, seconds);
    return this.#lease(lease, seconds);
  }

  async revokeLease(id: string): Promise<FakeAnswer> {
    const lease = this.leases.get(id);
    this.leases.delete(id);
    lease?.end();
    if (lease?.credentials !== undefined) {
      await this.#database.dropRole(lease.credentials.username);
    }
    return { status: 204 };
  }

  async readStatic(): Promise<FakeAnswer> {
    if (this.#static === undefined || Date.now() - this.#staticChangedAt > this.staticSeconds * 1_000) {
      await this.rotateStatic();
    }
    const ttl = Math.floor(this.staticSeconds - (Date.now() - this.#staticChangedAt) / 1_000);
    return { status: 200, body: { data: { ...this.#static, ttl, rotation_period: this.staticSeconds } } };
  }

  async rotateStatic(): Promise<void> {
    const { runtime, runtimeLogins } = this.surroundings.names;
    this.#static = await this.#database.changePassword(runtimeLogins[1], runtime);
    this.#staticChangedAt = Date.now();
  }

  readSecret(): FakeAnswer {
    if (this.secret === undefined) {
      return { status: 404, body: { data: { data: null, metadata: { deletion_time: 'now' } } } };
    }
    return { status: 200, body: { data: { data: this.secret, metadata: { version: 1 } } } };
  }

  /** What is overdue is revoked at once. */
  async unseal(): Promise<void> {
    this.isSealed = false;
    await Promise.all(overdue(this.leases).map(({ id }) => this.revokeLease(id)));
    await Promise.all(overdue(this.tokens).map((token) => this.revokeToken(token)));
  }

  async #expire(revoke: () => Promise<unknown>): Promise<void> {
    if (!this.isSealed) {
      await revoke();
    }
  }

  #auth(token: FakeGrant, seconds: number): FakeAnswer {
    const auth = { client_token: token.id, lease_duration: seconds, renewable: true };
    return { status: 200, body: { auth } };
  }

  #lease(lease: FakeGrant, seconds: number, data: Credentials | null = null): FakeAnswer {
    return { status: 200, body: { lease_id: lease.id, lease_duration: seconds, renewable: true, data } };
  }
}

function overdue(grants: ReadonlyMap<string, FakeGrant>): FakeGrant[] {
  return [...grants.values()].filter(({ isOverdue }) => isOverdue);
}
