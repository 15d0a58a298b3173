import { Counter, Gauge, type Registry } from 'prom-client';
import { systemClock } from '../timing/index.ts';
import type { OpenSecrets } from './secrets.ts';
import { leaseTransitions } from './vault/sources/lease.states.ts';
import { tokenTransitions } from './vault/session/token.states.ts';

/** Registers metrics that read sources and token at each scrape. */
export function observeSecrets(secrets: OpenSecrets, registry: Registry): void {
  observeStates(secrets, registry);
  observeRotations(secrets, registry);
  if (secrets.vault !== undefined) {
    observeRequests(secrets.vault, registry);
  }
}

function observeStates({ sources, vault }: OpenSecrets, registry: Registry): void {
  const observed = () => [
    ...sources.map(({ name, state, current }) => ({
      name,
      state: state as string,
      expiresAt: current.expiresAt,
    })),
    ...(vault === undefined ? [] : [vault.token]),
  ];
  const state = new Gauge({
    name: 'secret_state',
    help: 'Whether a secret is in a state: 1 for the one it is in, 0 for the others',
    labelNames: ['secret', 'state'] as const,
    registers: [registry],
    collect() {
      for (const secret of observed()) {
        const states = secret === vault?.token ? tokenTransitions : leaseTransitions;
        for (const name of Object.keys(states)) {
          state.set({ secret: secret.name, state: name }, Number(name === secret.state));
        }
      }
    },
  });
  const remaining = new Gauge({
    name: 'secret_remaining_seconds',
    help: 'Time until the store takes a secret back, negative when it has; absent for what lasts',
    labelNames: ['secret'] as const,
    registers: [registry],
    collect() {
      remaining.reset();
      for (const { name, expiresAt = Infinity } of observed()) {
        if (expiresAt !== Infinity) {
          remaining.set({ secret: name }, (expiresAt - systemClock.now()) / 1_000);
        }
      }
    },
  });
}

function observeRotations({ sources }: OpenSecrets, registry: Registry): void {
  const rotations = new Counter({
    name: 'secret_rotations_total',
    help: 'Next versions of a secret that were announced, and tries to get one that failed',
    labelNames: ['secret', 'result'] as const,
    registers: [registry],
    collect() {
      rotations.reset();
      for (const {
        name,
        rotations: { announced, failed },
      } of sources) {
        rotations.inc({ secret: name, result: 'announced' }, announced);
        rotations.inc({ secret: name, result: 'failed' }, failed);
      }
    },
  });
}

function observeRequests({ requests }: NonNullable<OpenSecrets['vault']>, registry: Registry): void {
  const total = new Counter({
    name: 'vault_requests_total',
    help: 'Exchanges with Vault by what was done and how it ended',
    labelNames: ['operation', 'result'] as const,
    registers: [registry],
    collect() {
      total.reset();
      for (const { labels, count } of requests.entries()) {
        total.inc(labels, count);
      }
    },
  });
}
