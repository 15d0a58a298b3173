export { listFiles } from './files.ts';
export { longestName, parseNames, refuseName, refuseNames, type Names } from './names.ts';
export { pluralise } from './plural.ts';
export { createRename, type Rename } from './rename.ts';
export { renameFile, renameTree } from './tree.rename.ts';
export { findResidue, type Residue } from './residue.ts';
