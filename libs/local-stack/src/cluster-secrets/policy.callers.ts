import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { unlessMissing } from '../files/missing.file.ts';

const API_PORT = 8080;
const NAME = 'app.kubernetes.io/name';

interface Peer {
  namespaceSelector?: unknown;
  podSelector?: { matchLabels?: Record<string, string> };
}
interface Policy {
  spec?: { ingress?: { from?: Peer[]; ports?: { port?: unknown }[] }[] };
}

/** A service, and who needs a key of it in its namespace. */
export interface CalledService {
  readonly service: string;
  readonly callers: readonly string[];
}

/** The pods of its own namespace that the network policy of a service lets in to its API, by their names. */
export async function callersOf(workspaceRoot: string, service: string): Promise<string[]> {
  const file = join(workspaceRoot, 'k8s', 'services', service, 'network-policy.yaml');
  const text = await unlessMissing(readFile(file, 'utf8'));
  const policy = parse(text ?? '') as Policy | null;
  const names = (policy?.spec?.ingress ?? [])
    .filter(({ ports = [] }) => ports.some(({ port }) => port === API_PORT))
    .flatMap(({ from = [] }) => from)
    .filter(({ namespaceSelector }) => namespaceSelector === undefined)
    .flatMap(({ podSelector }) => podSelector?.matchLabels?.[NAME] ?? []);
  return [...new Set(names)];
}
