import { describe, expect, it } from 'vitest';
import { ownerOf } from './rules/secrets/ownership.rule.ts';
import { isEmptySelector } from './rules/selected.pods.ts';
import { quantity } from '../kubernetes/quantity.value.ts';

describe('a quantity', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    [3, 3],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['64Mi', 64 * 2 ** 20],
    ['1k', 1000],
  ])('%s is %d', (text, value) => {
    expect(quantity(text)).toBe(value);
  });

  it.each(['', 'lots', '1X', undefined])('is none: %s', (text) => {
    expect(quantity(text)).toBeNaN();
  });
});

describe('a selector', () => {
  it('is empty without labels and expressions', () => {
    expect(isEmptySelector({ matchLabels: {} })).toBe(true);
    expect(isEmptySelector({ matchExpressions: [{ key: 'a', operator: 'Exists' }] })).toBe(false);
  });
});

describe('a Secret', () => {
  const workloads = ['orders-api', 'orders-api-migrations', 'orders-api-two', 'web'];

  it.each([
    ['orders-api-db-credentials', 'orders-api'],
    ['orders-api-keys', 'orders-api'],
    ['orders-api-two-keys', 'orders-api-two'],
    ['orders-api-db-migrator-credentials', 'orders-api-migrations'],
    ['web-orders-api-key', 'web'],
    ['somebody', undefined],
  ])('%s belongs to %s', (secret, owner) => {
    expect(ownerOf(secret, workloads)).toBe(owner);
  });
});
