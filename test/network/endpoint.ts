/** One end of a connection: a pod, or an address outside the cluster. A pod in its node's network is neither: no policy selects it. */
export interface Endpoint {
  /** In tables: `frontend`, `internet`. */
  readonly name: string;
  readonly pod?: {
    readonly namespace: string;
    readonly namespaceLabels: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
    /** Named ports of its containers. */
    readonly ports: readonly NamedPort[];
  };
  /** IPv4 or IPv6. Pods of a rendering have none: which they get, nobody knows yet, so no ipBlock means them. */
  readonly address?: string;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Where somebody may want to connect to. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: Protocol;
}
