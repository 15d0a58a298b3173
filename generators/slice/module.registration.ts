import { createRename, type Names } from '../rename/index.ts';
import { templateNames } from '../template/index.ts';
import { type ModuleShape, readModule } from './module.syntax.ts';

/**
 * The text of `src/app.module.ts` with the module of a resource in it; the same text when it is there already. The
 * result wants formatting.
 * @throws Error with a sentence for the user, which says what to add by hand, when the file has another shape.
 */
export function registerSlice(text: string, names: Names): string {
  const rename = createRename(templateNames, names);
  const [module, path] = [rename('WorkItemsModule'), rename('./work-items/work-items.module.ts')];
  const statement = `import { ${module} } from '${path}';`;
  const byHand =
    `src/app.module.ts can't be extended: it should decorate one class with @Module({ imports: [...] }). ` +
    `Add ${JSON.stringify(statement)} to it, and ${module} to the imports of the module.`;
  const shape = read(text, byHand);
  const known = shape.imported.get(module);
  if (known !== undefined && known !== path) {
    throw new Error(`src/app.module.ts has another ${module} already, of ${known}. Choose another name.`);
  }
  const edits = [
    ...(known === path ? [] : [{ at: shape.importsEnd, text: `\n${statement}\n` }]),
    ...(shape.modules.includes(module) ? [] : [listEdit(shape, module)]),
  ];
  return edits
    .toSorted((one, other) => other.at - one.at)
    .reduce((whole, edit) => whole.slice(0, edit.at) + edit.text + whole.slice(edit.at), text);
}

function read(text: string, byHand: string): ModuleShape {
  const shape = readModule(text);
  if (shape === undefined) throw new Error(byHand);
  return shape;
}

function listEdit({ list, modules }: ModuleShape, module: string): { at: number; text: string } {
  return list.kind === 'missing'
    ? { at: list.at, text: ` imports: [${module}],` }
    : { at: list.at, text: modules.length === 0 ? module : `, ${module}` };
}
