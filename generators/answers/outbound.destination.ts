/** Something that a service may call besides its database. */
export type Outbound = NetworkDestination | PodDestination;

interface Door {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** Addresses outside of the cluster. */
export interface NetworkDestination extends Door {
  readonly kind: 'network';
  /** `10.2.0.0/16`, `2001:db8::/32`. */
  readonly cidr: string;
}

/** The pods of one name in another namespace. */
export interface PodDestination extends Door {
  readonly kind: 'pod';
  /** The label kubernetes.io/metadata.name of the namespace. */
  readonly namespace: string;
  /** The label app.kubernetes.io/name of the pods. */
  readonly name: string;
}

const written = /^(?:\[(?<v6>[^\]]*)\]|(?<other>.*)):(?<port>[1-9]\d{0,4})(?:\/(?<protocol>tcp|udp))?$/;

const largestPort = 65_535;

/** The destination that a text describes, undefined when it has another form. Whether it may be called is not asked. */
export function readOutbound(text: string): Outbound | undefined {
  const { v6, other = '', port, protocol } = written.exec(text)?.groups ?? {};
  const door: Door = { protocol: protocol === 'udp' ? 'UDP' : 'TCP', port: Number(port) };
  if (port === undefined || door.port > largestPort) return undefined;
  if (v6 !== undefined) return v6.includes(':') ? { kind: 'network', cidr: v6, ...door } : undefined;
  if (other.includes(':')) return undefined;
  const [first = '', second, ...more] = other.split('/');
  if (/^[\d.]+$/.test(first) && first.includes('.')) return { kind: 'network', cidr: other, ...door };
  return second === undefined || more.length > 0
    ? undefined
    : { kind: 'pod', namespace: first, name: second, ...door };
}

/** As the user writes it. */
export function writeOutbound(destination: Outbound): string {
  const protocol = destination.protocol === 'UDP' ? '/udp' : '';
  const { port } = destination;
  if (destination.kind === 'pod') return `${destination.namespace}/${destination.name}:${port}${protocol}`;
  const { cidr } = destination;
  return `${cidr.includes(':') ? `[${cidr}]` : cidr}:${port}${protocol}`;
}
