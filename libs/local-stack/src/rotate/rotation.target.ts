import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FIRST_CALLER, readMountedSecret } from '../credentials/index.ts';
import { identityNames, type IdentityNames } from '../identities/index.ts';
import { readSuperuser, type PostgresCoordinates } from '../postgres/index.ts';
import { StackError } from '../stack.error.ts';
import { findSampleRequests } from '../start/sample.requests.ts';
import { readRunning, type RunFacts } from '../start/state.directory.ts';
import { vaultClient, type VaultCall } from '../vault/index.ts';

/** The service whose credentials are changed, and what that takes. */
export interface RotationTarget {
  facts: RunFacts;
  names: IdentityNames;
  postgres: PostgresCoordinates;
  /** As root; undefined when credentials are mounted files. */
  vault: VaultCall | undefined;
  /** A collection that its callers read. */
  sampleUrl: string;
  apiKey: string;
}

/**
 * @param service which of those that run; undefined where only one does
 * @throws StackError when nothing runs, or when what runs can't be rotated from here; with the cure
 */
export async function findTarget(workspaceRoot: string, service?: string): Promise<RotationTarget> {
  const facts = oneOf(await readRunning(workspaceRoot), service);
  if (!facts.postgres) {
    throw new StackError(
      `${facts.name} uses a database of your own: give its other login a new password there and write both to ` +
        `${join(facts.secretsDirectory, 'db-credentials')}. With the embedded Postgres this command does it.`,
    );
  }
  const postgres = { ...facts.postgres, superuser: await readSuperuser(facts.postgres.directory) };
  const { vault } = facts;
  const call = vault && vaultClient(vault.address, await readFile(vault.rootTokenFile, 'utf8'));
  return { facts, names: identityNames(facts.name), postgres, vault: call, ...(await findSample(facts)) };
}

function oneOf(running: readonly RunFacts[], service: string | undefined): RunFacts {
  const names = running.map(({ name }) => name);
  const [facts, ...others] = running.filter(({ name }) => service === undefined || name === service);
  if (facts === undefined) {
    throw new StackError(
      service === undefined || names.length === 0
        ? `No service runs here. Start one in another terminal: npm start${service === undefined ? '' : ` -- ${service}`}`
        : `${service} doesn't run here, but ${names.join(', ')}. Start it in another terminal: npm start -- ${service}`,
    );
  }
  if (others.length > 0)
    throw new StackError(
      `Several services run here: ${names.join(', ')}. Say which: npm run rotate -- ${facts.name}`,
    );
  return facts;
}

async function findSample({ name, url, secretsDirectory }: RunFacts) {
  const keys = await readMountedSecret(join(secretsDirectory, 'api-keys'));
  const apiKey = keys?.[FIRST_CALLER] ?? '';
  const sample = await findSampleRequests(url, apiKey);
  if (!sample) {
    throw new StackError(
      `${name} documents no collection that callers could read while credentials change. Start it with API_DOCS=on.`,
    );
  }
  return { apiKey, sampleUrl: `${url}${sample.path}` };
}
