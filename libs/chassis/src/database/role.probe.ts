import { codeOf } from './database.unavailable.ts';
import type { PooledClient } from './session.pool.ts';
import { statement } from './statement.ts';

const whoAmI = statement('select session_user');

/** SQLSTATE of asking for a user that was dropped. */
const undefinedObject = '42704';

/** @returns why a session can't say who it is, undefined when it can */
export function failureToSayWho(client: PooledClient): Promise<unknown> {
  return client.query(whoAmI).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** As opposed to a session that broke or didn't answer, which tells nothing about its role. */
export function isLossOfRole(error: unknown): boolean {
  return codeOf(error) === undefinedObject;
}
