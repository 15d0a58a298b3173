import type { TestDatabase } from '@secure-backend/local-stack/testing';
import type { FakeTimes } from './fake.grants.ts';

export interface StoreTimes extends FakeTimes {
  staticSeconds: number;
}

/** A Vault set up for one service, and what happens at it behind the service's back. */
export interface TestedStore {
  database: TestDatabase;
  address: string;
  /** Of the service. */
  environment: Record<string, string>;
  /** Of its migrations, in addition. */
  migratorEnvironment: Record<string, string>;
  staticDatabasePath: string;
  seal(): Promise<void>;
  unseal(): Promise<void>;
  /** Ids of the leases on the database's credentials. */
  leases(): Promise<string[]>;
  /** How many tokens the service has. */
  tokens(): Promise<number>;
  revokeLease(id: string): Promise<void>;
  /** Revokes every token of the service, and so their leases. */
  revokeTokens(): Promise<void>;
  rotateStatic(): Promise<void>;
  /** Undefined deletes it. */
  writeKeys(keys: Record<string, string> | undefined): Promise<void>;
  remove(): Promise<void>;
}

const hour = 3_600;
export const longTimes: StoreTimes = {
  leaseSeconds: hour,
  maxLeaseSeconds: 24 * hour,
  tokenSeconds: hour,
  tokenMaxSeconds: 24 * hour,
  staticSeconds: hour,
};

export type OpenStore = (times?: Partial<StoreTimes>) => Promise<TestedStore>;
