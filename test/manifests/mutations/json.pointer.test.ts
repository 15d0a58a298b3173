import { describe, expect, it } from 'vitest';
import { pathOf, pathsOf, pointerOf, withValue, without } from './json.pointer.ts';

const tree = { spec: { list: ['a', { 'b/c': 1 }], empty: {} } };

describe('a pointer', () => {
  it('leads to every node and back', () => {
    const pointers = pathsOf(tree).map(pointerOf);
    expect(pointers).toEqual([
      '/spec',
      '/spec/list',
      '/spec/list/0',
      '/spec/list/1',
      '/spec/list/1/b~1c',
      '/spec/empty',
    ]);
    expect(pathOf('/spec/list/1/b~1c')).toEqual(['spec', 'list', '1', 'b/c']);
  });

  it('changes a copy', () => {
    expect(without(tree, pathOf('/spec/list/0')).spec.list).toEqual([{ 'b/c': 1 }]);
    expect(withValue(tree, pathOf('/spec/list/-'), 'd').spec.list).toHaveLength(3);
    expect(tree.spec.list).toHaveLength(2);
  });

  it('has to lead somewhere', () => {
    expect(() => without(tree, pathOf('/spec/nothing'))).toThrow('there is no /spec/nothing');
    expect(() => withValue(tree, pathOf('/nothing/at/all'), 1)).toThrow('there is no /nothing/at');
  });
});
