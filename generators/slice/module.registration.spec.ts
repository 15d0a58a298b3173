import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { registerSlice } from './module.registration.ts';

const names = { service: 'orders-api', resource: 'purchase-order' };
const importLine = `import { PurchaseOrdersModule } from './purchase-orders/purchase-orders.module.ts';`;
const plain = `import { Module } from '@nestjs/common';
import { WorkItemsModule } from './work-items/work-items.module.ts';

/** All wiring. */
@Module({ imports: [WorkItemsModule] })
export class AppModule {}
`;
const register = (text: string) =>
  format(registerSlice(text, names), { parser: 'typescript', singleQuote: true });

describe('registering a resource', () => {
  it('adds its import and its module, and leaves all else', async () => {
    expect(await register(plain)).toBe(
      plain
        .replace("module.ts';\n", `module.ts';\n${importLine}\n`)
        .replace('[WorkItemsModule]', '[WorkItemsModule, PurchaseOrdersModule]'),
    );
  });

  it('changes nothing the second time', async () => {
    const once = await register(plain);
    expect(registerSlice(once, names)).toBe(once);
  });

  it('adds what is missing of the two', () => {
    const imported = plain.replace("module.ts';\n", `module.ts';\n${importLine}\n`);
    expect(registerSlice(imported, names)).toContain('[WorkItemsModule, PurchaseOrdersModule]');
    const listed = plain.replace('[WorkItemsModule]', '[PurchaseOrdersModule]');
    expect(registerSlice(listed, names).match(/PurchaseOrdersModule/g)).toHaveLength(2);
  });

  it.each([
    [
      'other modules with lists of their own',
      'imports: [X.forRoot({ imports: [] }), // ] imports: [\n WorkItemsModule,]',
    ],
    ['an empty list', 'imports: []'],
    ['no list', 'providers: []'],
    ['nothing at all', ''],
    ['a spread', '...others, imports: [...modules]'],
  ])('understands a module with %s', async (_, options) => {
    const text = plain.replace('imports: [WorkItemsModule]', options);
    const registered = await register(text);
    expect(registered).toContain(importLine);
    expect(registered).toMatch(/@Module\([^]*\bimports: \[[^]*PurchaseOrdersModule[^]*\]/);
    expect(registerSlice(registered, names)).toBe(registered);
  });

  it.each([
    ['no text', ''],
    ['no TypeScript', 'imports: ['],
    ['no class', `import { Module } from '@nestjs/common';`],
    ['two modules', plain + plain.replace(/^[^]*\*\//, '').replace('AppModule', 'OtherModule')],
    ['imports that are computed', plain.replace('[WorkItemsModule]', 'modules')],
    ['a decorator that is computed', plain.replace('{ imports: [WorkItemsModule] }', 'options')],
  ])('says what to do by hand with %s', (_, text) => {
    expect(() => registerSlice(text, names)).toThrow(
      /^src\/app\.module\.ts can't be extended.*Add "import { PurchaseOrdersModule }.*" to it, and PurchaseOrdersModule to the imports/,
    );
  });

  it('refuses a module of that name from elsewhere', () => {
    const text = plain.replaceAll('WorkItemsModule', 'PurchaseOrdersModule');
    expect(() => registerSlice(text, names)).toThrow('another PurchaseOrdersModule already');
  });
});
