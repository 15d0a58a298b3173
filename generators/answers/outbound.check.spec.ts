import { BlockList } from 'node:net';
import { assert, constantFrom, integer, ipV4, ipV6, oneof, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange, writeRange, type AddressRange } from './address.range.ts';
import { refuseOutbound } from './outbound.check.ts';
import { readOutbound, writeOutbound } from './outbound.destination.ts';

/** As Node has it, which reads any address of a range. */
function holds(one: string, other: string, { prefix, family }: AddressRange): boolean {
  const list = new BlockList();
  list.addSubnet(one, prefix, family);
  return list.check(other, family);
}

describe('destinations', () => {
  it.each([
    ['10.2.0.0/16:443', { kind: 'network', cidr: '10.2.0.0/16', protocol: 'TCP', port: 443 }],
    ['203.0.113.7/32:53/udp', { kind: 'network', cidr: '203.0.113.7/32', protocol: 'UDP', port: 53 }],
    ['[2001:db8::/48]:8443', { kind: 'network', cidr: '2001:db8::/48', protocol: 'TCP', port: 8443 }],
    [
      'payments/ledger-api:8080',
      { kind: 'pod', namespace: 'payments', name: 'ledger-api', protocol: 'TCP', port: 8080 },
    ],
    ['10/8-bit:1/udp', { kind: 'pod', namespace: '10', name: '8-bit', protocol: 'UDP', port: 1 }],
  ] as const)('may be %s', (text, destination) => {
    expect(refuseOutbound([text])).toBeUndefined();
    expect(readOutbound(text)).toEqual(destination);
    expect(writeOutbound(destination)).toBe(text);
  });

  it('say TCP in one way', () => {
    expect(readOutbound('a/b:1/tcp')).toEqual(readOutbound('a/b:1'));
    expect(refuseOutbound(['a/b:1/tcp', 'a/b:1'])).toContain('named twice');
  });

  it.each([
    ['', 'no destination'],
    ['10.2.0.0/16', 'no destination'],
    ['10.2.0.0/16:0', 'no destination'],
    ['10.2.0.0/16:65536', 'no destination'],
    ['10.2.0.0/16:0443', 'no destination'],
    ['10.2.0.0/16:443/sctp', 'no destination'],
    ['10.2.0.0/16:80-90', 'no destination'],
    ['2001:db8::/32:443', 'no destination'],
    ['https://example.com:443', 'no destination'],
    ['example.com:443', 'no destination'],
    ['a/b/c:443', 'no destination'],
    ['10.2.0.7:443', '10.2.0.7/32. Mend it'],
    ['10.2.0.0/33:443', 'no range'],
    ['10.2.0/16:443', 'no range'],
    ['010.2.0.0/16:443', 'no range'],
    ['10.2.0.0/016:443', 'no range'],
    ['[fe80::1%eth0/64]:443', 'no range'],
    ['[2001:db8::/129]:443', 'no range'],
    ['10.2.0.0/15:443', 'at least /16'],
    ['[2001:db8::/47]:443', 'at least /48'],
    ['10.2.3.4/16:443', 'Write 10.2.0.0/16'],
    ['[2001:DB8:0::1/48]:443', 'Write 2001:db8::/48'],
    ['Payments/api:443', 'no label of Kubernetes'],
    ['payments/*:443', 'no label of Kubernetes'],
    ['/api:443', 'no label of Kubernetes'],
    ['0.0.0.0/0:443', 'every address there is'],
    ['[::/0]:443', 'every address there is'],
    ['169.254.169.254/32:80', 'metadata'],
    ['169.254.170.2/32:80', 'metadata'],
    ['169.0.0.0/8:80', 'metadata'],
    ['128.0.0.0/1:80', 'metadata'],
    ['0.0.0.0/1:80', 'reaches'],
    ['[fd00:ec2::254/128]:80', 'metadata'],
    ['[fd00::/8]:80', 'metadata'],
    ['[fc00::/7]:80', 'metadata'],
    ['[64:ff9b::a9fe:a9fe/128]:80', 'metadata'],
    ['[::ffff:169.254.169.254/128]:80', 'IPv4 by way of IPv6'],
    ['168.63.129.16/32:80', 'metadata'],
    ['100.64.0.0/10:80', 'metadata'],
    ['127.0.0.1/32:80', 'the machine itself'],
    ['[::1/128]:80', 'the machine itself'],
    ['[8000::/1]:80', 'metadata'],
  ])('may not be %j: %s', (text, why) => {
    expect(refuseOutbound(['a/b:1', text])).toContain(why);
  });

  it('that hold the metadata address are refused however long their prefix is', () => {
    for (const [address, longest] of [
      ['169.254.169.254', 32],
      ['fd00:ec2::254', 128],
    ] as const) {
      for (let prefix = 0; prefix <= longest; prefix += 1) {
        const range = readRange(`${address}/${prefix}`);
        const cidr = range === undefined ? '' : writeRange(range);
        const text = cidr.includes(':') ? `[${cidr}]:80` : `${cidr}:80`;
        expect(refuseOutbound([text]), cidr).toMatch(/reaches|every address/);
      }
    }
  });

  it('of any range are read and written back the same', () => {
    const v4 = tuple(ipV4(), integer({ min: 0, max: 32 }));
    const v6 = tuple(ipV6(), integer({ min: 0, max: 128 }));
    const door = tuple(integer({ min: 1, max: 65_535 }), constantFrom('', '/udp'));
    assert(
      property(oneof(v4, v6), door, ([address, prefix], [port, protocol]) => {
        const range = readRange(`${address}/${prefix}`);
        if (range === undefined) throw new Error(`${address}/${prefix} is not read`);
        const cidr = writeRange(range);
        expect(readRange(cidr)).toEqual(range);
        expect(holds(range.first, address, range)).toBe(true);
        expect(holds(address, range.first, range)).toBe(true);
        const text = `${cidr.includes(':') ? `[${cidr}]` : cidr}:${port}${protocol}`;
        const destination = readOutbound(text);
        expect(destination && writeOutbound(destination)).toBe(text);
      }),
    );
  });
});
