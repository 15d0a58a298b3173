import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, type Options } from 'prettier';
import { describe, expect, it } from 'vitest';
import { createRename, listFiles } from '../rename/index.ts';
import { templateNames } from '../template/index.ts';
import { readTree } from '../tree/index.ts';
import { parseFields, templateFieldList } from './field.list.ts';
import { isOfSlice, renderSlice } from './slice.render.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'apps/backend-api');
const template = readTree(folder, listFiles(folder));
const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as Options;
const laidOut = (path: string, text: string) => format(text, { ...options, filepath: path });

const textsOf = (tree: ReadonlyMap<string, { contents: Buffer }>) =>
  Object.fromEntries([...tree].map(([path, { contents }]) => [path, contents.toString()]));
const render = async (names = templateNames, list = templateFieldList, migrationNumber = '0001') =>
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
});
