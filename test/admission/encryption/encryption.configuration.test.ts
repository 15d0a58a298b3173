import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../repository.files.ts';
import {
  encryptionFaults,
  keysOf,
  parseEncryption,
  weakKeys,
  withProviders,
} from './encryption.configuration.ts';
import { writeConfiguration } from './encryption.files.ts';

const read = (name: string): string => readFileSync(join(root, 'k8s/cluster/encryption', name), 'utf8');
const files = ['encryption-configuration.yaml', 'encryption-configuration.kms.yaml'];
const identity = { identity: {} };

describe.each(files)('%s', (file) => {
  it('encrypts Secrets and ConfigMaps before they are stored', () => {
    expect(encryptionFaults(parseEncryption(read(file)))).toEqual([]);
  });

  it('holds no key', () => {
    expect(keysOf(read(file)).map(({ secret }) => secret)).toEqual(['<key>']);
  });

  it('would be caught storing them as they are', () => {
    const { providers } = parseEncryption(read(file)).resources[0]!;
    const faulty = withProviders(read(file), [identity, ...providers.filter((one) => !('identity' in one))]);
    expect(encryptionFaults(parseEncryption(faulty))).toEqual([
      'what is new is stored as it is: identity is first',
      'identity is not last',
    ]);
  });

  it('would be caught leaving one out', () => {
    const faulty = read(file).replace('[secrets, configmaps]', '[configmaps]');
    expect(encryptionFaults(parseEncryption(faulty))).toEqual(['secrets are left out']);
  });
});

describe('the command that writes the configuration', () => {
  it('puts a fresh key into a file of its owner, says nothing of it, and never overwrites one', async () => {
    const [one, other] = await Promise.all([writeConfiguration(), writeConfiguration()]);
    expect(weakKeys(parseEncryption(one.text))).toEqual([]);
    expect(encryptionFaults(parseEncryption(one.text))).toEqual([]);
    expect(keysOf(one.text)).not.toEqual(keysOf(other.text));
    expect(one).toMatchObject({ mode: 0o600, isKept: true });
    for (const { secret } of keysOf(one.text)) expect(one.output).not.toContain(secret);
  });

  it('would be caught with a key that is none', () => {
    expect(weakKeys(parseEncryption(read(files[0]!)))).toEqual(['key-1']);
    const zeros = withProviders(read(files[0]!), [
      { secretbox: { keys: [{ name: 'zeros', secret: Buffer.alloc(32).toString('base64') }] } },
    ]);
    expect(weakKeys(parseEncryption(zeros))).toEqual(['zeros']);
  });
});
