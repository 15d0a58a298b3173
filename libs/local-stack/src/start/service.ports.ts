import { isPortFree } from '../postgres/index.ts';
import { StackError } from '../stack.error.ts';
import { portSetting } from './service.environment.ts';

/** @throws StackError naming the variable that chooses another port */
export async function assertPortsFree(environment: Record<string, string>): Promise<void> {
  const names = ['PORT', 'MANAGEMENT_PORT'];
  const ports = names.map((name) => portSetting(environment, name) ?? 0);
  if (ports[0] === ports[1])
    throw new StackError(`PORT and MANAGEMENT_PORT are both ${ports[0]}: they must differ.`);
  const free = await Promise.all(ports.map((port) => isPortFree(port)));
  const taken = free.indexOf(false);
  if (taken < 0) return;
  const [name, port = 0] = [names[taken], ports[taken]];
  throw new StackError(
    `Port ${port} is taken by another program (no start of this workspace). Free it, or choose another port: ${name}=${port + 1} npm start`,
  );
}

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
