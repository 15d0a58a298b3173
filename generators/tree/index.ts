export { lookAt } from './disk.entry.ts';
export {
  readTree,
  readTreeFile,
  textFile,
  writeTree,
  type FileMode,
  type FileTree,
  type TreeFile,
} from './file.tree.ts';
