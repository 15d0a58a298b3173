import { overlap, readRange, writeRange } from './address.range.ts';
import { isDnsLabel } from './dns.label.ts';
import { readOutbound, writeOutbound } from './outbound.destination.ts';

const metadata = 'the metadata service of a cloud, which gives away the credentials of the machine';
const loopback = 'the machine itself';

/** Where nobody's service has anything to look for. */
const forbidden = [
  ['169.254.0.0/16', metadata],
  ['fd00:ec2::254/128', metadata],
  ['fd20:ce::254/128', metadata],
  ['168.63.129.16/32', metadata],
  ['100.100.100.200/32', metadata],
  // The same again, as NAT64 (RFC 6052) reaches it.
  ['64:ff9b::a9fe:0/112', metadata],
  ['127.0.0.0/8', loopback],
  ['0.0.0.0/8', loopback],
  ['::/127', loopback],
  ['fe80::/10', 'every machine on the same wire'],
  ['::ffff:0:0/96', 'IPv4 by way of IPv6; write it as IPv4'],
] as const;

/** As the rule no-wide-address-block in test/manifests has it. */
const shortestPrefix = { ipv4: 16, ipv6: 48 } as const;

function refuseCidr(cidr: string): string | undefined {
  const range = readRange(cidr);
  if (range === undefined)
    return `${cidr} is no range of addresses: it takes an address and the length of its prefix, such as 10.2.0.0/16 or 10.2.0.7/32. Mend it.`;
  if (range.prefix === 0)
    return `${cidr} is every address there is, and a service that may call everybody can carry everything away. Name the ranges that it needs.`;
  const hit = forbidden.find(([other]) => overlap(range, readRange(other) ?? range));
  if (hit !== undefined) return `${cidr} reaches ${hit[0]}: ${hit[1]}. Name narrower ranges, without it.`;
  const shortest = shortestPrefix[range.family];
  if (range.prefix < shortest)
    return `${cidr} is wider than the rules of a workspace allow: at least /${shortest}. Name the ranges that are meant.`;
  return writeRange(range) === cidr
    ? undefined
    : `${cidr} is not written as its range begins. Write ${writeRange(range)}.`;
}

function refuseOne(text: string): string | undefined {
  const destination = readOutbound(text);
  if (destination === undefined)
    return `${JSON.stringify(text)} is no destination. Write CIDR:port, [IPv6 CIDR]:port or namespace/pod-name:port, with /udp behind it where it is UDP.`;
  if (destination.kind === 'network') return refuseCidr(destination.cidr);
  const unusable = [destination.namespace, destination.name].find((label) => !isDnsLabel(label));
  return unusable === undefined
    ? undefined
    : `${JSON.stringify(text)} names ${JSON.stringify(unusable)}, which is no label of Kubernetes. Write namespace/pod-name:port, each of lower-case ASCII letters, digits and hyphens between.`;
}

/** Why a list of destinations can't be used, in a sentence for the user; undefined when it can. */
export function refuseOutbound(destinations: readonly string[]): string | undefined {
  const refusal = destinations.map(refuseOne).find(Boolean);
  if (refusal !== undefined) return refusal;
  const texts = destinations.flatMap((text) => {
    const destination = readOutbound(text);
    return destination === undefined ? [] : [writeOutbound(destination)];
  });
  const twice = texts.find((text, n) => texts.indexOf(text) < n);
  return twice && `${twice} is named twice. Name it once.`;
}
