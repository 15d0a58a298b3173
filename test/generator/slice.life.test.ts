import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFields, refuseSlice } from 'generator-secure-backend/slice';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LifeWorkspace } from './life.workspace.ts';
import { addSlice, serviceTree } from './slice.addition.ts';
import { otherNames } from './template.names.ts';

/** Every type, as it must be and as it may be missing; then the least that there can be. */
const resources = {
  'purchase-order': `
    total:money, discount:money?, note:text?, currency:enum(eur|us-dollar|C_H_F), channel:enum(web|phone)=web,
    quantity:integer, ratio:number, angle:number?, is_paid:boolean, is_gift:boolean=false, wasSent:boolean?,
    due_date:date, placed_at:timestamp, at:timestamp?, work_item_id:uuid, vat2_line_3:uuid?`,
  'customer-note': 'values:text(20)',
  'night-shift': 'between:enum(one)?, weight:integer?, birthday:date?, reference:text(1)',
};

// In this order: each step works on what the one before left.
describe('a service with further resources', { timeout: 600_000 }, () => {
  let workspace: LifeWorkspace;

  beforeAll(async () => {
    workspace = new LifeWorkspace(otherNames);
    for (const [resource, list] of Object.entries(resources)) {
      const names = { service: otherNames.service, resource };
      await addSlice(workspace, names, parseFields(list));
    }
  });
  afterAll(() => workspace.close());

  it.each([
    ['is formatted', 'prettier --check src/app.module.ts "{src,test}/{purchase,customer,night}*"'],
    ['typechecks', 'npm run typecheck'],
    ['lints', 'npm run lint'],
    [
      'passes their tests on a real Postgres',
      'npm test -- test/purchase test/customer test/night test/openapi',
    ],
  ])('%s', async (_, command) => {
    expect(await workspace.failureOf(command)).toBeUndefined();
  });

  it('can’t get them twice', () => {
    const service = serviceTree(workspace.service);
    const names = { service: otherNames.service, resource: 'purchase-order' };
    expect(refuseSlice(service, names)).toContain('has the folder src/purchase-orders/ already');
    expect(refuseSlice(service, { ...names, resource: 'sales-order' })).toBeUndefined();
  });

  it('would not pass with a schema that takes more, a column that takes less and a filter that is wrong', async () => {
    for (const [path, right, wrong] of [
      ['src/purchase-orders/purchase-order.fields.ts', 'max: 4_000', 'max: 4_001'],
      ['migrations/0002-purchase-orders.sql', 'numeric(19, 2)', 'numeric(4, 2)'],
      ['src/purchase-orders/purchase-orders.statements.ts', 'due_date < $', 'due_date <= $'],
    ] as const) {
      const file = join(workspace.service, path);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(right);
      writeFileSync(file, text.replace(right, wrong));
    }
    const failure = await workspace.failureOf(
      'npm test -- test/purchase-orders.fields test/purchase-orders.pages',
    );
    expect(failure).toMatch(/FAIL .*are refused with .* for note/);
    expect(failure).toMatch(/FAIL .*are kept as they are with .* for total/);
    expect(failure).toMatch(/FAIL .*may be filtered/);
  });
});
