import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  acceptedCases,
  completeDraft,
  type FieldCase,
  missingCases,
  refusedCases,
  type Samples,
  smallestDraft,
} from '@secure-backend/chassis/testing';
import { createRename, listFiles, type Names } from 'generator-secure-backend/rename';
import { type Field, renderSlice } from 'generator-secure-backend/slice';
import { readTree, writeTree } from 'generator-secure-backend/tree';
import type { z } from 'zod';
import { templateFolder, templateNames } from './template.names.ts';

/** Of a driver: what runs one text. */
export interface Session {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** What a rendered slice is, once it is loaded. */
export interface LoadedSlice {
  readonly migration: string;
  readonly samples: Samples;
  readonly draft: z.ZodType;
  readonly patch: z.ZodType;
  readonly statements: {
    readonly insert: { text: string };
    valuesOf(draft: unknown): unknown[];
    readonly [name: string]: unknown;
  };
}

const template = readTree(templateFolder, listFiles(templateFolder));

/** Renders a slice into a folder of its own in a service, and loads it. */
export async function loadSlice(
  service: string,
  names: Names,
  fields: readonly Field[],
): Promise<LoadedSlice> {
  const rename = createRename(templateNames, names);
  const folder = join(service, 'trials', names.resource);
  const [migrationNumber, format] = ['0002', (_: string, text: string) => text];
  const tree = await renderSlice({ template, names, fields, migrationNumber, format });
  mkdirSync(folder, { recursive: true });
  writeTree(folder, tree);
  const load = (path: string) => import(join(folder, rename(path))) as Promise<Record<string, unknown>>;
  const schema = await load('src/work-items/work-item.schema.ts');
  const statements = await load('src/work-items/work-items.statements.ts');
  const { samples } = await load('test/work-items.samples.ts');
  return {
    migration: tree.get(rename('migrations/0002-work-items.sql'))?.contents.toString() ?? '',
    samples: samples as Samples,
    draft: schema[rename('workItemDraft')] as z.ZodType,
    patch: schema[rename('workItemPatch')] as z.ZodType,
    statements: statements as LoadedSlice['statements'],
  };
}

/** Whether a schema takes a value and keeps it as it is. */
function keeps(schema: z.ZodType, base: object, { field, value }: FieldCase): boolean {
  const result = schema.safeParse({ ...base, [field]: value });
  return result.success && (result.data as Record<string, unknown>)[field] === value;
}

/** Samples that the schemas judge otherwise than they say. */
export function misjudged({ samples, draft, patch }: LoadedSlice): FieldCase[] {
  const complete = completeDraft(samples);
  return [
    ...acceptedCases(samples).filter((found) => !keeps(draft, complete, found) || !keeps(patch, {}, found)),
    ...refusedCases(samples).filter((found) => keeps(draft, complete, found) || keeps(patch, {}, found)),
    ...missingCases(samples).filter((found) => keeps(draft, complete, found)),
  ];
}

/**
 * Applies the migration, prepares every statement and inserts every value that is accepted; nothing of it stays.
 * @throws Error what Postgres says against it
 */
export async function trySql(
  client: Session,
  { migration, samples, draft, statements }: LoadedSlice,
): Promise<void> {
  await client.query('begin; create schema trial; set local search_path = trial');
  try {
    await client.query(migration);
    for (const [name, statement] of Object.entries(statements)) {
      if (typeof statement !== 'function') {
        await client.query(`prepare "${name}" as ${(statement as { text: string }).text}`);
      }
    }
    const changes = acceptedCases(samples).map(({ field, value }) => ({ [field]: value }));
    for (const body of [
      smallestDraft(samples),
      ...changes.map((change) => ({ ...completeDraft(samples), ...change })),
    ]) {
      await client.query(statements.insert.text, statements.valuesOf(draft.parse(body)));
    }
  } finally {
    await client.query('rollback; deallocate all');
  }
}
