import { BlockList, isIP } from 'node:net';

/** Addresses that begin alike. */
export interface AddressRange {
  /** Its first address. */
  readonly first: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** How an address is put together: from how many parts of how many bits, written in which base. */
const shapes = {
  ipv4: { parts: 4, bits: 8, base: 10 },
  ipv6: { parts: 8, bits: 16, base: 16 },
} as const;

/** The shortest way to write an IPv6 address (RFC 5952), as the URL parser finds it. */
const shorten = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

const groupsOf = (text: string): string[] => text.split(':').filter(Boolean);

function partsOf(address: string, family: AddressRange['family']): number[] {
  const { parts, base } = shapes[family];
  if (family === 'ipv4') return address.split('.').map(Number);
  const [before = [], after = []] = shorten(address).split('::').map(groupsOf);
  const zeros = Array.from({ length: parts - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((part) => Number.parseInt(part, base));
}

/** The first address that has the same beginning. */
function firstOf(address: string, prefix: number, family: AddressRange['family']): string {
  const { bits, base } = shapes[family];
  const masked = partsOf(address, family).map((part, n) => {
    const free = Math.min(bits, Math.max(0, (n + 1) * bits - prefix));
    return ((part >> free) << free).toString(base);
  });
  return family === 'ipv4' ? masked.join('.') : shorten(masked.join(':'));
}

/** Reads CIDR notation (RFC 4632), undefined when it is none. The address may lie anywhere in the range. */
export function readRange(cidr: string): AddressRange | undefined {
  const [, address = '', length = ''] = /^([\da-f.:]+)\/(0|[1-9]\d{0,2})$/i.exec(cidr) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const prefix = Number(length);
  const { parts, bits } = shapes[family];
  return prefix > parts * bits ? undefined : { first: firstOf(address, prefix, family), prefix, family };
}

export const writeRange = ({ first, prefix }: AddressRange): string => `${first}/${prefix}`;

const holds = ({ first, prefix, family }: AddressRange, address: string): boolean => {
  const list = new BlockList();
  list.addSubnet(first, prefix, family);
  return list.check(address, family);
};

/** Whether some address is in both. */
export const overlap = (one: AddressRange, other: AddressRange): boolean =>
  one.family === other.family && (holds(one, other.first) || holds(other, one.first));
