import { referenceAnswers } from 'generator-secure-backend/answers';
import { resourceCommand, serviceCommand } from 'generator-secure-backend/commands';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeLife } from '../life.steps.ts';
import { silentCaller } from '../silent.caller.ts';
import { StampedWorkspace } from '../stamped.workspace.ts';

const services = ['orders-api', 'billing-api'];

/** Two services, of which one may call the other, and three resources, all by the commands. */
async function grow(): Promise<StampedWorkspace> {
  const [first = '', second = ''] = services;
  const workspace = await StampedWorkspace.stamp({
    ...referenceAnswers,
    workspace: 'shop',
    namespace: 'shop',
    services: [{ name: first, resource: 'purchase-order', callers: ['frontend'], outbound: [] }],
  });
  const run = async (command: typeof serviceCommand, word: string, options: Record<string, string>) =>
    command.run(silentCaller(workspace.folder, [word], { ...options, defaults: true }));
  await run(serviceCommand, second, { resource: 'invoice-line', callers: first });
  workspace.linkService(second);
  await run(resourceCommand, 'order-note', {
    service: first,
    fields: 'body:text(500), is_public:boolean=false',
  });
  await run(resourceCommand, 'bank-account', { service: second, fields: 'iban:text(34), owner_id:uuid?' });
  await run(resourceCommand, 'cash-payment', { service: second, fields: 'total:money, placed_at:timestamp' });
  workspace.commit('Grow');
  return workspace;
}

describeLife(
  {
    title: 'two services and three resources, made one after the other',
    services,
    tested: services,
    stamp: grow,
  },
  (workspace) => {
    it('lets the services reach each other only where a policy says so', () => {
      const table = readFileSync(join(workspace().folder, 'test/network/tables/kind.md'), 'utf8');
      const [header = [], ...rows] = table
        .trim()
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim()));
      const cell = (from: string, to: string) => rows.find(([, name]) => name === from)?.[header.indexOf(to)];
      expect(cell('orders-api', 'billing-api:8080')).toBe('✓');
      expect(cell('billing-api', 'orders-api:8080')).toBe('·');
      expect(cell('frontend', 'orders-api:8080')).toBe('✓');
      expect(cell('frontend', 'billing-api:8080')).toBe('·');
      expect(cell('orders-api', 'billing-api:9464')).toBe('·');
    });
  },
);
