import { DatabaseSubject } from '../surroundings/database.subject.ts';
import type { CredentialStore, OpenStore } from '../surroundings/credential.store.ts';
import { ServiceEvents } from '../surroundings/service.events.ts';
import { SessionWatch } from '../surroundings/session.watch.ts';
import { type BenchContext, poolSize } from './bench.context.ts';

export interface OpenSubject {
  subject: DatabaseSubject;
  store: CredentialStore;
  events: ServiceEvents;
  sessions: SessionWatch;
}

/** Runs `work` on a database that serves, and closes all of it afterwards. */
export async function withSubject<Result>(
  { postgres, signal }: BenchContext,
  application: string,
  openStore: OpenStore,
  work: (open: OpenSubject) => Promise<Result>,
): Promise<Result> {
  const events = new ServiceEvents(application);
  const store = await openStore(events, signal);
  const subject = new DatabaseSubject({ postgres, store, events, application, poolSize, signal });
  const sessions = new SessionWatch(postgres, application);
  try {
    await subject.database.open();
    return await work({ subject, store, events, sessions });
  } finally {
    await subject.database.close();
    await sessions.end();
    await store.close();
  }
}
