import { describe, expect, it } from 'vitest';
import { findResidue } from './residue.ts';

const template = { service: 'backend-api', resource: 'work-item' };
const names = { service: 'orders-api', resource: 'purchase-order' };

describe('residue', () => {
  it.each([
    'backendapi',
    'BACKEND-API',
    'backend api',
    'Backend.Api',
    'backend/api',
    'backendAPIs',
    'xbackendapix',
    'backend\n * API',
    'workitems',
    'Work-Items',
    'WORK ITEM',
    'work\nitem',
  ])('finds %j', (leftover) => {
    expect(findResidue(`one\ntwo ${leftover}`, template, names)).toMatchObject([{ line: 2 }]);
  });

  it('stays silent about other words', () => {
    expect(
      findResidue('secure-backend: orders API, the backend. API keys work. Items too', template, names),
    ).toEqual([]);
  });

  it('stays silent about a name that was kept', () => {
    expect(findResidue('work items', template, { service: 'orders-api', resource: 'work-item' })).toEqual([]);
  });

  it('tells an old name inside the new one from a leftover', () => {
    const longer = { service: 'backend-api-gateway', resource: 'purchase-order' };
    expect(findResidue('BackendApiGateway\nbackend-api', template, longer)).toEqual([
      { line: 2, found: 'backend-api' },
    ]);
  });
});
