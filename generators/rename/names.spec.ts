import { describe, expect, it } from 'vitest';
import { longestName, parseNames, refuseName, refuseNames } from './names.ts';

describe('names', () => {
  it.each(['orders-api', 'purchase-approval-gateway', 'oauth2-proxy', `a-${'b'.repeat(longestName - 2)}`])(
    'accepts %j',
    (name) => {
      expect(refuseName(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'two or more words'],
    ['orders', 'One word alone'],
    ['Orders-Api', 'lower-case'],
    ['orders_api', 'joined by hyphens'],
    ['2nd-order', 'beginning with a letter'],
    ['orders-', 'two or more words'],
    ['../orders-api', 'two or more words'],
    ['orders-api\n', 'two or more words'],
    ['bestell-dienst-für', 'ASCII'],
    [`a-${'b'.repeat(longestName - 1)}`, 'at most 40 characters'],
    ['current-user', 'a keyword of SQL'],
    ['pg-proxy', 'Postgres keeps'],
    ['kube-proxy', 'Kubernetes'],
    ['.', 'two or more words'],
    ['..', 'two or more words'],
    ['/etc/orders-api', 'two or more words'],
    ['orders-api/..', 'two or more words'],
    ['@acme/orders-api', 'two or more words'],
    ['orders--api', 'two or more words'],
    ['orders api', 'joined by hyphens'],
    ['orders-2nd', 'beginning with a letter'],
    ['class', 'One word alone'],
    ['instanceof', 'One word alone'],
    ['select', 'One word alone'],
    ['node_modules', 'joined by hyphens'],
    ['con', 'One word alone'],
  ])('refuses %j and says why', (name, why) => {
    expect(refuseName(name)).toContain(why);
  });

  it.each([
    ['purchase-order', 'purchase-orders'],
    ['delivery-category', 'delivery-categories'],
    ['address-box', 'address-boxes'],
    ['holiday-day', 'holiday-days'],
    ['postal-address', 'postal-addresses'],
    ['risk-analysis', 'risk-analyses'],
    ['partner-api', 'partner-apis'],
  ])('derives the plural of %s: %s', (resource, plural) => {
    expect(parseNames({ service: 'orders-api', resource })).toEqual({
      service: 'orders-api',
      resource,
      plural,
    });
  });

  it('takes a given plural instead', () => {
    const names = { service: 'orders-api', resource: 'contact-person', plural: 'contact-people' };
    expect(parseNames(names)).toEqual(names);
  });

  it.each([
    [{ service: 'orders-api', resource: 'purchase-orders' }, 'looks like a plural'],
    [{ service: 'orders-api', resource: 'order-series', plural: 'order-series' }, 'three different names'],
    [{ service: 'purchase-order', resource: 'purchase-order' }, 'three different names'],
    [{ service: 'orders-api', resource: 'purchase-order', plural: 'Orders' }, 'not a usable name'],
    [{ service: 'orders', resource: 'purchase-order' }, 'not a usable name'],
  ])('refuses %j', (names, why) => {
    expect(refuseNames(names)).toContain(why);
    expect(() => parseNames(names)).toThrow(why);
  });
});
