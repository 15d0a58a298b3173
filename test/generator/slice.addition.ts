import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, type Names } from 'generator-secure-backend/rename';
import { type Field, nextMigration, registerSlice, renderSlice } from 'generator-secure-backend/slice';
import { formatOf } from 'generator-secure-backend/stamp';
import { type FileTree, readTree, writeTree } from 'generator-secure-backend/tree';
import { root } from '../repository.files.ts';
import type { LifeWorkspace } from './life.workspace.ts';
import { templateFolder } from './template.names.ts';

/** What a service holds; it lies in no git work tree. */
export const serviceTree = (service: string): FileTree =>
  readTree(service, globSync('{migrations,src,test}/**', { cwd: service }));

/** Adds a resource to the service of a workspace, as the generator does. */
export async function addSlice(
  { service }: LifeWorkspace,
  names: Names,
  fields: readonly Field[],
): Promise<void> {
  const format = formatOf(readTree(root, ['.prettierrc.json']));
  const template = readTree(templateFolder, listFiles(templateFolder));
  const migrationNumber = nextMigration(serviceTree(service).keys());
  writeTree(service, await renderSlice({ template, names, fields, migrationNumber, format }));
  const file = join(service, 'src/app.module.ts');
  const module = registerSlice(readFileSync(file, 'utf8'), names);
  writeFileSync(file, await format(file, module));
}
