import { createRename, type Names } from '../rename/index.ts';
import type { FileTree } from '../tree/index.ts';
import { serviceFolders, templateNames } from './template.names.ts';

const folders = serviceFolders(templateNames.service);

// Stands in for the name that is not looked for.
const nowhere: Names = { service: 'xyzzy-plugh', resource: 'plugh-xyzzy' };

/**
 * Why a copy can't bear some names, in a sentence for the user: the template writes one of them for something else, such as
 * `apiKey`, and in the copy nobody could tell the two apart. Undefined when it can.
 * @param template its files
 * @throws Error with a sentence for the user when the names can't be used at all
 */
export function refuseWords(template: FileTree, names: Names): string | undefined {
  for (const key of ['service', 'resource'] as const) {
    const given = { ...nowhere, [key]: names[key], ...(key === 'resource' && { plural: names.plural }) };
    // The template's own names stay, so that they may be given to a copy too.
    const rename = createRename(given, { ...nowhere, plural: undefined, [key]: templateNames[key] });
    const file = [...template].find(
      ([path, { contents }]) =>
        folders.some((folder) => path.startsWith(folder)) &&
        [path, contents.toString()].some((text) => rename(text) !== text),
    );
    if (file !== undefined)
      return `"${names[key]}" is a word of every service: see ${file[0].replace(/.*backend-api\//, '')}. Choose another name, so that the two can be told apart.`;
  }
  return undefined;
}
