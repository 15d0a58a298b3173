import { isPortFree } from '../postgres/index.ts';
import { StackError } from '../stack.error.ts';
import { portSetting } from './service.environment.ts';
import type { RunFacts } from './state.directory.ts';

/**
 * @param running what runs already, of this workspace
 * @throws StackError naming who has a port, and the variables that choose others
 */
export async function assertPortsFree(
  service: string,
  environment: Record<string, string>,
  running: readonly RunFacts[],
): Promise<void> {
  const names = ['PORT', 'MANAGEMENT_PORT'];
  const ports = names.map((name) => portSetting(environment, name) ?? 0);
  if (ports[0] === ports[1])
    throw new StackError(`PORT and MANAGEMENT_PORT are both ${ports[0]}: they must differ.`);
  const free = await Promise.all(ports.map((port) => isPortFree(port)));
  const taken = free.indexOf(false);
  if (taken < 0) return;
  const port = ports[taken] ?? 0;
  const holder = running.find((facts) =>
    [facts.url, facts.managementUrl].some((url) => portOf(url) === port),
  );
  const who = holder
    ? `${holder.name}, which npm start runs`
    : 'another program (no start of this workspace)';
  const others = (holder ? names : names.slice(taken, taken + 1)).map(
    (name) => `${name}=${(portSetting(environment, name) ?? 0) + 1}`,
  );
  throw new StackError(
    `Port ${port} is taken by ${who}. Free it, or choose ${holder ? 'other ports' : 'another port'}: ${others.join(' ')} npm start -- ${service}`,
  );
}

const portOf = (url: string): number => Number(new URL(url).port);

/** Where the service is reached from this machine. */
export function serviceUrl(environment: Record<string, string>): string {
  return `http://localhost:${environment['PORT']}`;
}

/** Where its probes and metrics are reached from this machine. */
export function managementUrl(environment: Record<string, string>): string {
  const address = environment['LISTEN_ADDRESS'] ?? '';
  const host = ['0.0.0.0', '::', ''].includes(address) ? '127.0.0.1' : address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${environment['MANAGEMENT_PORT']}`;
}
