import { isSeq, parse, type Document, type YAMLSeq } from 'yaml';
import type { Outbound } from '../answers/index.ts';
import { editYaml } from './yaml.edit.ts';

const portOfApi = 8080;

/** A pod of the same namespace, by its name. */
const podNamed = (name: string) => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});

const ruleOfCaller = (caller: string) => ({
  from: [podNamed(caller)],
  ports: [{ protocol: 'TCP', port: portOfApi }],
});

function sequenceAt(document: Document, path: readonly (string | number)[]): YAMLSeq {
  const found = document.getIn(path);
  if (!isSeq(found)) throw new Error(`has no list at ${path.join('.')}`);
  return found;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Adds to a list what isn't there yet. */
function addOnce(document: Document, path: readonly (string | number)[], wanted: unknown): void {
  const list = sequenceAt(document, path);
  if ((list.toJS(document) as unknown[]).some((item) => isSame(item, wanted))) return;
  list.flow = false;
  list.items.push(document.createNode(wanted));
}

/** Lets exactly these pods of the namespace in, as callers of the API. */
export const setCallers = (text: string, callers: readonly string[]): string =>
  editYaml(text, (document) => {
    const rules = sequenceAt(document, ['spec', 'ingress']);
    const plain = rules.toJS(document) as { ports?: unknown }[];
    const others = rules.items.filter((_, n) => !isSame(plain[n]?.ports, ruleOfCaller('').ports));
    rules.items = [...callers.map((caller) => document.createNode(ruleOfCaller(caller))), ...others];
  });

/** Whether a pod of the namespace is let in, as a caller of the API. */
export function letsIn(text: string, caller: string): boolean {
  const rules = (parse(text) as { spec?: { ingress?: unknown[] } }).spec?.ingress ?? [];
  return rules.some((rule) => isSame(rule, ruleOfCaller(caller)));
}

/** Lets a pod out, to a service of the namespace. */
export const letOutTo = (text: string, service: string): string =>
  editYaml(text, (document) => {
    addOnce(document, ['spec', 'egress'], {
      to: [podNamed(service)],
      ports: [{ protocol: 'TCP', port: portOfApi }],
    });
  });

const peerOf = (destination: Outbound) =>
  destination.kind === 'network'
    ? { ipBlock: { cidr: destination.cidr } }
    : {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': destination.namespace } },
        ...podNamed(destination.name),
      };

/** Lets a pod out, to a destination outside of its namespace. */
export const letOutOfNamespace = (text: string, destination: Outbound): string =>
  editYaml(text, (document) => {
    const { protocol, port } = destination;
    addOnce(document, ['spec', 'egress'], { to: [peerOf(destination)], ports: [{ protocol, port }] });
  });

/** Lets a service and its migrations in at Postgres. */
export const letClientsIn = (text: string, service: string): string =>
  editYaml(text, (document) => {
    for (const client of [service, `${service}-migrations`]) {
      addOnce(document, ['spec', 'ingress', 0, 'from'], podNamed(client));
    }
  });
