import { parsers } from 'prettier/plugins/babel';
import { z } from 'zod';

/** What has to be known of a file to put one more module into it. Places count characters. */
export interface ModuleShape {
  /** By local name: where it comes from. */
  readonly imported: ReadonlyMap<string, string>;
  readonly importsEnd: number;
  /** What the module imports; '' for what isn't a plain name. */
  readonly modules: readonly string[];
  /** Where a further module goes: behind the others, or into an object that has no `imports` yet. */
  readonly list: { readonly kind: 'there' | 'missing'; readonly at: number };
}

const place = { start: z.number(), end: z.number() };
const anything = z.looseObject({ ...place, type: z.string() });
const importDeclaration = z.object({
  ...place,
  type: z.literal('ImportDeclaration'),
  specifiers: z.array(z.object({ local: z.object({ name: z.string() }) })),
  source: z.object({ value: z.string() }),
});
const property = z.object({ key: z.looseObject({ name: z.string().optional() }), value: anything });
const options = z.object({
  ...place,
  type: z.literal('ObjectExpression'),
  properties: z.array(z.union([property, anything])),
});
const decorator = z.object({
  expression: z.object({
    callee: z.object({ name: z.literal('Module') }),
    arguments: z.tuple([options]),
  }),
});
const decorated = z.object({ type: z.literal('ClassDeclaration'), decorators: z.array(z.unknown()) });
const list = z.object({
  ...place,
  type: z.literal('ArrayExpression'),
  elements: z.array(z.looseObject({ ...place, name: z.string().optional() })),
});

/** @returns undefined when the text isn't one class under `@Module({ ... })` with at least one import */
export function readModule(text: string): ModuleShape | undefined {
  const body = statementsOf(text) ?? [];
  const imports = body.flatMap((statement) => importDeclaration.safeParse(statement).data ?? []);
  const modules = body.flatMap((statement) => moduleOptionsOf(statement));
  const [module] = modules;
  if (module === undefined || modules.length > 1 || imports.length === 0) return undefined;
  const listed = listOf(module);
  if (listed === undefined) return undefined;
  const entries = imports.flatMap(({ specifiers, source }) =>
    specifiers.map(({ local }) => [local.name, source.value] as const),
  );
  const importsEnd = Math.max(...imports.map(({ end }) => end));
  return { imported: new Map(entries), importsEnd, ...listed };
}

function statementsOf(text: string): unknown[] | undefined {
  try {
    // The rest of prettier's options is about layout.
    const parsed: unknown = parsers['babel-ts'].parse(text, { filepath: 'app.module.ts' } as never);
    return z.object({ program: z.object({ body: z.array(z.unknown()) }) }).parse(parsed).program.body;
  } catch {
    return undefined;
  }
}

function moduleOptionsOf(statement: unknown): z.output<typeof options>[] {
  const exported = z.object({ declaration: z.unknown() }).safeParse(statement).data?.declaration;
  const decorators = decorated.safeParse(exported ?? statement).data?.decorators ?? [];
  return decorators.flatMap((found) => decorator.safeParse(found).data?.expression.arguments ?? []);
}

function listOf({
  start,
  properties,
}: z.output<typeof options>): Pick<ModuleShape, 'list' | 'modules'> | undefined {
  const imports = properties
    .flatMap((found) => property.safeParse(found).data ?? [])
    .find(({ key }) => key.name === 'imports');
  if (imports === undefined) return { modules: [], list: { kind: 'missing', at: start + 1 } };
  const array = list.safeParse(imports.value).data;
  if (array === undefined) return undefined;
  const last = array.elements.at(-1);
  return {
    modules: array.elements.map(({ name = '' }) => name),
    list: { kind: 'there', at: last?.end ?? array.start + 1 },
  };
}
