import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, type Options } from 'prettier';
import { describe, expect, it } from 'vitest';
import { createRename, listFiles, type Names } from '../rename/index.ts';
import { templateNames } from '../template/index.ts';
import { readTree, textFile } from '../tree/index.ts';
import { mostFields, parseFields, templateFieldList } from './field.list.ts';
import { isOfSlice, renderSlice } from './slice.render.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'apps/backend-api');
const template = readTree(folder, listFiles(folder));
const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as Options;
const laidOut = (path: string, text: string) => format(text, { ...options, filepath: path });

const textsOf = (tree: ReadonlyMap<string, { contents: Buffer }>) =>
  Object.fromEntries([...tree].map(([path, { contents }]) => [path, contents.toString()]));
const render = async (names: Names = templateNames, list = templateFieldList, migrationNumber = '0001') =>
  textsOf(
    await renderSlice({ template, names, fields: parseFields(list), migrationNumber, format: laidOut }),
  );
const slice = textsOf(new Map([...template].filter(([path]) => isOfSlice(path))));

describe('a slice', () => {
  it('with the template’s names and fields is the template’s, byte for byte', async () => {
    expect(Object.keys(slice).length).toBeGreaterThan(12);
    expect(await render()).toEqual(slice);
  });

  it('with other names alone is plain renaming', async () => {
    const names = {
      service: 'orders-api',
      resource: 'delivery-appointment',
      plural: 'delivery-appointments',
    };
    const rename = createRename(templateNames, names);
    const renamed = await Promise.all(
      Object.entries(slice).map(async ([path, text]) => [
        rename(path),
        path.endsWith('.sql') ? rename(text) : await laidOut(path, rename(text)),
      ]),
    );
    expect(await render(names)).toEqual(Object.fromEntries(renamed));
  });

  it('with other fields leaves nothing of the template’s, nor renames what a user gave', async () => {
    const names = { service: 'orders-api', resource: 'purchase-order' };
    const texts = await render(names, 'work_item_id:uuid, kind:enum(work-item|BackendApi)=work-item');
    const all = Object.values(texts).join('\n');
    expect(all).not.toMatch(/\btitle\b|due_?(?:date|before)|calendarDate|in_progress/i);
    expect(all).toContain('work_item_id as "workItemId"');
    expect(all).toContain(`.default('work-item')`);
    expect(texts['migrations/0001-purchase-orders.sql']).toContain(`('work-item', 'BackendApi')`);
  });

  it('has short files also with as many fields as there may be', async () => {
    const resource = `purchase-${'a'.repeat(30)}`;
    for (const type of [
      'enum(first|second|third)=second',
      'uuid?',
      'text(200)',
      'boolean=false',
      'timestamp?',
    ]) {
      const list = Array.from({ length: mostFields }, (_, n) => `average_name_${n}_at:${type}`).join();
      const texts = await render({ service: 'orders-api', resource }, list);
      for (const [path, text] of Object.entries(texts)) {
        expect(text.trimEnd().split('\n').length, path).toBeLessThanOrEqual(200);
      }
    }
  });

  it('can’t be made of a template that was changed alone', async () => {
    const path = 'src/work-items/work-items.statements.ts';
    const text = slice[path]?.replace('status = $5', 'status = lower($5)') ?? '';
    const changed = new Map([...template, [path, textFile(text)]]);
    await expect(
      renderSlice({ template: changed, names: templateNames, migrationNumber: '0001', format: laidOut }),
    ).rejects.toThrow('the template has not exactly one place that reads:\n  set title = $3');
  });
});
