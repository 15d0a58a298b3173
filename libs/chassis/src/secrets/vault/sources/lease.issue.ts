import type { Pace } from '../pacing/patience.ts';
import type { VaultSession } from '../session/vault.session.ts';
import { Lease } from './lease.ts';

export interface IssueOptions<Value> {
  session: VaultSession;
  /** Of a dynamic role: `database/creds/my-service`. */
  path: string;
  /** @throws SecretError when the content isn't what it should be */
  parse: (content: unknown) => Value;
}

/** @throws VaultError, SecretError from parsing, the reason of the pace's signal */
export function issueLease<Value>(
  { session, path, parse }: IssueOptions<Value>,
  pace: Pace,
): Promise<Lease<Value>> {
  return session.call({ operation: 'issue', path }, pace, async (client, token) => {
    const from = session.clock.now();
    const answer = await client.issueCredentials(token.value, path);
    try {
      return new Lease({ value: parse(answer.data), answer, session, token, from });
    } catch (error) {
      // Nobody else would give it back, and each try makes another one. What fails here ends with the token.
      await client.revokeLease(token.value, answer.leaseId, false).catch(() => undefined);
      throw error;
    }
  });
}
