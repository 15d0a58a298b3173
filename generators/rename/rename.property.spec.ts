import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRename } from './rename.ts';
import { findResidue } from './residue.ts';

const template = { service: 'backend-api', resource: 'work-item' };
const names = { service: 'purchase-approval-gateway', resource: 'delivery-appointment' };
const spellings = [
  ['backend-api', 'backendApi', 'BackendApi', 'backend_api', 'BACKEND_API', 'backend API', 'Backend API'],
  ['work-item', 'workItem', 'WorkItem', 'work_item', 'WORK_ITEM', 'work item', 'Work item', 'Work Item'],
  ['work-items', 'workItems', 'WorkItems', 'work_items', 'WORK_ITEMS', 'work\n * items', 'Work Items'],
].flat();
const spelling = fc.constantFrom(...spellings);

describe('renaming any text', () => {
  it('changes nothing under its own names', () => {
    const own = createRename(template, template);
    const piece = fc.oneof(
      fc.string(),
      spelling,
      fc.constantFrom('a ', 'An ', ' ', '\n', '-', '_', '%2F', '\\n'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(own(pieces.join(''))).toBe(pieces.join(''));
      }),
    );
  });

  it('leaves no residue of any spelling beside any punctuation', () => {
    const beside = fc.constantFrom(...' ./"\'`(=:\n${_@<>[]*#,;|&?!'.split(''));
    const rename = createRename(template, names);
    fc.assert(
      fc.property(fc.array(fc.tuple(beside, spelling, beside)), (pieces) => {
        expect(findResidue(rename(pieces.flat().join('')), template, names)).toEqual([]);
      }),
    );
  });

  it('is exact: every spelling becomes the same spelling of the new name', () => {
    const back = createRename(names, template);
    const rename = createRename(template, names);
    fc.assert(
      fc.property(fc.array(spelling), (pieces) => {
        const text = pieces.join(' ; ');
        expect(back(rename(text))).toBe(text);
      }),
    );
  });
});
