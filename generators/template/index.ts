export { ownerOf, type Owner } from './ownership.ts';
export { serviceFolders, templateNames } from './template.names.ts';
export { isCopied, isOfTemplate } from './template.paths.ts';
export {
  loadTemplate,
  packedTemplate,
  packTemplate,
  readRepository,
  type Template,
  unpackTemplate,
} from './template.source.ts';
export { refuseWords } from './word.collision.ts';
