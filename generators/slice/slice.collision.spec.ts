import { describe, expect, it } from 'vitest';
import { textFile } from '../tree/index.ts';
import { nextMigration, refuseSlice } from './slice.collision.ts';

const names = { service: 'orders-api', resource: 'purchase-order' };
const serviceOf = (path: string, text = '') =>
  new Map([
    ['src/app.module.ts', textFile('export class AppModule {}')],
    ['migrations/0001-work-items.sql', textFile('create table work_items ();')],
    [path, textFile(text)],
  ]);

describe('the next migration', () => {
  it.each([
    [[], '0001'],
    [['migrations/0001-work-items.sql', 'src/0009-x.sql', 'migrations/notes.md'], '0002'],
    [['migrations/0041-x.sql', 'migrations/0007-y.sql'], '0042'],
  ])('of %j is %s', (paths, number) => {
    expect(nextMigration(paths)).toBe(number);
  });

  it('ends with the digits', () => {
    expect(() => nextMigration(['migrations/9999-x.sql'])).toThrow('is the last');
  });
});

describe('a resource', () => {
  it.each([
    ['the folder src/purchase-orders/', 'src/purchase-orders/README.md', ''],
    ['a migration for purchase-orders', 'migrations/0002-purchase-orders.sql', ''],
    ['tests of purchase-orders', 'test/purchase-orders.pages.test.ts', ''],
    [
      'the table purchase_orders',
      'migrations/0002-init.sql',
      'CREATE TABLE IF NOT EXISTS app."purchase_orders" (',
    ],
    ['the table purchase_orders', 'migrations/0002-init.sql', 'create view purchase_orders as'],
    [
      'the route /v1/purchase-orders',
      'src/orders/orders.controller.ts',
      `@Controller('/v1/purchase-orders')`,
    ],
    ['the class PurchaseOrdersModule', 'src/orders/orders.module.ts', 'export class PurchaseOrdersModule {}'],
    ['the schema PurchaseOrderPage', 'src/pages/page.schema.ts', `.meta({ id: 'PurchaseOrderPage' })`],
  ])('is refused where %s is there', (what, path, text) => {
    expect(refuseSlice(serviceOf(path, text), names)).toBe(
      `orders-api has ${what} already: see ${path}. Choose another name for the resource.`,
    );
  });

  it.each([
    [
      'src/purchase-orders-archive/x.ts',
      `export class PurchaseOrdersModuleTest {} // '/v1/purchase-orders-archive'`,
    ],
    ['migrations/0002-old.sql', 'create table purchase_orders_archive ();'],
    ['src/x.ts', `.meta({ id: 'PurchaseOrderPages' })`],
  ])('is not taken for another one: %s', (path, text) => {
    expect(refuseSlice(serviceOf(path, text), names)).toBeUndefined();
  });

  it('is refused with names that can’t be used', () => {
    expect(() => refuseSlice(serviceOf('x'), { ...names, resource: 'order' })).toThrow('One word alone');
  });
});
