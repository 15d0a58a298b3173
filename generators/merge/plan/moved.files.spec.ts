import { describe, expect, it } from 'vitest';
import { kindsOf as kinds, useTrial } from '../trial/trial.update.ts';
import { lines } from '../trial/trial.workspace.ts';

const trial = useTrial();
const text = lines(12);

describe('a file that was moved', () => {
  it("keeps the user's edits where the template moved it", async () => {
    const plan = await trial.update(
      { 'old/a': text },
      { 'old/a': lines(12, { 5: 'mine' }) },
      { 'new/a': text },
    );
    expect(plan.files).toMatchObject([{ path: 'new/a', kind: 'renamed', from: 'old/a' }]);
    expect(trial.workspace.text('new/a')).toBe(lines(12, { 5: 'mine' }));
    expect(trial.workspace.file('old/a')).toBeUndefined();
  });

  it("gets the template's change where the user moved it, also at the next update", async () => {
    const first = lines(12, { 5: 'theirs' });
    const plan = await trial.update(
      { a: text },
      { a: undefined, 'my/a': lines(12, { 1: 'mine' }) },
      { a: first },
    );
    expect(plan.files).toMatchObject([{ path: 'my/a', kind: 'merged', from: 'a' }]);
    trial.workspace.commit();
    const second = lines(12, { 5: 'theirs', 9: 'later' });
    expect(kinds(await trial.workspace.update({ a: second }, { version: '1.2.0' }))).toEqual({
      'my/a': 'merged',
    });
    expect(trial.workspace.text('my/a')).toBe(lines(12, { 1: 'mine', 5: 'theirs', 9: 'later' }));
    expect(trial.workspace.file('a')).toBeUndefined();
  });

  it('is a conflict when both moved it, to different places', async () => {
    const plan = await trial.update({ a: text }, { a: undefined, b: text }, { c: text });
    expect(plan.files).toMatchObject([
      { path: 'b', kind: 'conflict', about: 'moved' },
      { path: 'c', kind: 'conflict', about: 'moved' },
    ]);
  });

  it('is added when the user had deleted it', async () => {
    expect(kinds(await trial.update({ a: text }, { a: undefined }, { b: text }))).toEqual({ b: 'added' });
  });

  it('is kept when the user moved what the template removed', async () => {
    expect(kinds(await trial.update({ a: text }, { a: undefined, b: text }, {}))).toEqual({ b: 'kept' });
    expect(trial.workspace.text('b')).toBe(text);
  });

  it('may differ in letter case alone', async () => {
    await trial.update(
      { 'Readme.txt': text },
      { 'Readme.txt': lines(12, { 5: 'mine' }) },
      { 'README.txt': text },
    );
    expect(trial.workspace.text('README.txt')).toBe(lines(12, { 5: 'mine' }));
    expect(trial.workspace.file('Readme.txt')).toBeUndefined();
  });
});

describe('a path', () => {
  it('becomes a folder, and a folder becomes a file', async () => {
    await trial.update({ a: text, 'b/c/d': 'd\n' }, {}, { 'a/x': 'x\n', b: 'b\n' });
    expect(trial.workspace.text('a/x')).toBe('x\n');
    expect(trial.workspace.text('b')).toBe('b\n');
  });

  it('is a conflict when the user made a folder where the template has a new file', async () => {
    const plan = await trial.update({ a: text }, { 'b/mine': 'mine\n' }, { a: text, b: 'theirs\n' });
    expect(plan.files).toMatchObject([{ path: 'b~secure-backend-1.1.0', kind: 'conflict', about: 'folder' }]);
    expect(trial.workspace.text('b/mine')).toBe('mine\n');
  });

  it.each([
    ['with spaces'],
    [`it's "quoted"`],
    ['grüße/日本'],
    ['line\nbreak'],
    ['back\\slash'],
    ['-dash'],
    [':(top)a'],
  ])('may be %j', async (path) => {
    const plan = await trial.update(
      { [path]: text },
      { [path]: lines(12, { 2: 'mine' }) },
      { [path]: lines(12, { 10: 'theirs' }), [`new ${path}`]: text },
    );
    expect(kinds(plan)).toEqual({ [path]: 'merged', [`new ${path}`]: 'added' });
    expect(trial.workspace.text(path)).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
    expect(trial.workspace.text(`new ${path}`)).toBe(text);
  });
});
