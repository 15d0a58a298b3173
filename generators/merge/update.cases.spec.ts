import { afterEach, describe, expect, it } from 'vitest';
import { bytes, lines, link, script, TrialWorkspace, type Files } from './trial/trial.workspace.ts';
import type { UpdatePlan } from './index.ts';

let workspace: TrialWorkspace;
afterEach(() => workspace.remove());

/** Stamps, edits, updates; answers what became of each file. */
async function update(stamped: Files, edits: Files, next: Files): Promise<UpdatePlan> {
  workspace = new TrialWorkspace(stamped);
  workspace.edit(edits);
  return workspace.update(next);
}

const kinds = ({ files }: UpdatePlan): Record<string, string> =>
  Object.fromEntries(files.map(({ path, kind }) => [path, kind]));

const text = lines(12);
const crlf = (lf: string): string => lf.replaceAll('\n', '\r\n');

describe('a file that nobody or one side changed', () => {
  it('stays when neither did', async () => {
    expect(kinds(await update({ a: text }, {}, { a: text }))).toEqual({});
    expect(workspace.text('a')).toBe(text);
  });

  it("becomes the template's when only the template changed it", async () => {
    const changed = lines(12, { 3: 'theirs' });
    expect(kinds(await update({ a: text }, {}, { a: changed }))).toEqual({ a: 'changed' });
    expect(workspace.text('a')).toBe(changed);
    expect(workspace.status()).toContain('M  a');
  });

  it("stays the user's when only the user changed it", async () => {
    const changed = lines(12, { 3: 'mine' });
    expect(kinds(await update({ a: text }, { a: changed }, { a: text }))).toEqual({});
    expect(workspace.text('a')).toBe(changed);
  });

  it('comes when the template brings it, and goes when the template drops it', async () => {
    expect(kinds(await update({ 'gone/a': text }, {}, { 'new/b': 'b\n' }))).toMatchObject({
      'gone/a': 'removed',
      'new/b': 'added',
    });
    expect(workspace.file('gone/a')).toBeUndefined();
    expect(workspace.status()).toEqual(expect.arrayContaining(['A  new/b', 'D  gone/a']));
  });
});

describe('a file that both changed', () => {
  it('is merged where they changed different lines', async () => {
    const plan = await update(
      { a: text },
      { a: lines(12, { 2: 'mine' }) },
      { a: lines(12, { 10: 'theirs' }) },
    );
    expect(kinds(plan)).toEqual({ a: 'merged' });
    expect(plan.files[0]?.lines).toEqual({ added: 1, removed: 1 });
    expect(workspace.text('a')).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
  });

  it('is marked as git does where they changed the same, and stays unmerged until somebody settles it', async () => {
    const plan = await update(
      { a: text },
      { a: lines(12, { 5: 'mine' }) },
      { a: lines(12, { 5: 'theirs' }) },
    );
    expect(plan.files).toMatchObject([{ path: 'a', kind: 'conflict', about: 'text' }]);
    expect(workspace.text('a')).toContain(
      '<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> secure-backend-1.1.0\n',
    );
    expect(workspace.status()).toContain('UU a');
    expect(() => workspace.git('commit', '--quiet', '--message=early')).toThrow('unmerged');
    workspace.git('reset', '--quiet', '--hard');
    expect(workspace.text('a')).toBe(lines(12, { 5: 'mine' }));
    expect(workspace.status()).toEqual([]);
  });

  it('needs no decision where they changed it alike', async () => {
    const same = lines(12, { 5: 'same' });
    expect(kinds(await update({ a: text }, { a: same }, { a: same }))).toEqual({});
    expect(workspace.text('a')).toBe(same);
  });
});

describe('a file that is there on one side only', () => {
  it('is adopted when the user has it already, as the template does', async () => {
    expect(kinds(await update({}, { a: text }, { a: text }))).toEqual({ a: 'adopted' });
  });

  it('is a conflict when the user has another one', async () => {
    expect(kinds(await update({}, { a: 'mine\n' }, { a: 'theirs\n' }))).toEqual({ a: 'conflict' });
    expect(workspace.text('a')).toContain('<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>>');
    expect(workspace.status()).toContain('AA a');
  });

  it('is kept when the user edited what the template removed', async () => {
    const mine = lines(12, { 5: 'mine' });
    expect(kinds(await update({ a: text }, { a: mine }, {}))).toEqual({ a: 'kept' });
    expect(workspace.text('a')).toBe(mine);
  });

  it('stays deleted, without a word, when the template left it alone', async () => {
    expect(kinds(await update({ a: text }, { a: undefined }, { a: text }))).toEqual({});
    expect(workspace.file('a')).toBeUndefined();
  });

  it('stays deleted when the template changed it, and the report says how to see it', async () => {
    const theirs = lines(12, { 5: 'theirs' });
    const plan = await update({ a: text }, { a: undefined }, { a: theirs });
    expect(kinds(plan)).toEqual({ a: 'deleted' });
    expect(workspace.file('a')).toBeUndefined();
    expect(workspace.git('cat-file', '-p', plan.files[0]?.shown ?? '')).toBe(theirs);
  });
});

describe('a file that was moved', () => {
  it("keeps the user's edits where the template moved it", async () => {
    const plan = await update({ 'old/a': text }, { 'old/a': lines(12, { 5: 'mine' }) }, { 'new/a': text });
    expect(plan.files).toMatchObject([{ path: 'new/a', kind: 'renamed', from: 'old/a' }]);
    expect(workspace.text('new/a')).toBe(lines(12, { 5: 'mine' }));
    expect(workspace.file('old/a')).toBeUndefined();
  });

  it("gets the template's change where the user moved it, also at the next update", async () => {
    const first = lines(12, { 5: 'theirs' });
    const plan = await update({ a: text }, { a: undefined, 'my/a': lines(12, { 1: 'mine' }) }, { a: first });
    expect(plan.files).toMatchObject([{ path: 'my/a', kind: 'merged', from: 'a' }]);
    workspace.commit();
    const second = lines(12, { 5: 'theirs', 9: 'later' });
    expect(kinds(await workspace.update({ a: second }, { version: '1.2.0' }))).toEqual({ 'my/a': 'merged' });
    expect(workspace.text('my/a')).toBe(lines(12, { 1: 'mine', 5: 'theirs', 9: 'later' }));
    expect(workspace.file('a')).toBeUndefined();
  });

  it('is a conflict when both moved it, to different places', async () => {
    const plan = await update({ a: text }, { a: undefined, b: text }, { c: text });
    expect(plan.files).toMatchObject([
      { path: 'b', kind: 'conflict', about: 'moved' },
      { path: 'c', kind: 'conflict', about: 'moved' },
    ]);
  });

  it('is added when the user had deleted it', async () => {
    expect(kinds(await update({ a: text }, { a: undefined }, { b: text }))).toEqual({ b: 'added' });
  });

  it('is kept when the user moved what the template removed', async () => {
    expect(kinds(await update({ a: text }, { a: undefined, b: text }, {}))).toEqual({ b: 'kept' });
    expect(workspace.text('b')).toBe(text);
  });

  it('may differ in letter case alone', async () => {
    await update({ 'Readme.txt': text }, { 'Readme.txt': lines(12, { 5: 'mine' }) }, { 'README.txt': text });
    expect(workspace.text('README.txt')).toBe(lines(12, { 5: 'mine' }));
    expect(workspace.file('Readme.txt')).toBeUndefined();
  });
});

describe('what is no plain text', () => {
  it('takes permissions from whoever changed them', async () => {
    const plan = await update(
      { mine: text, theirs: text },
      { mine: script(text), theirs: lines(12, { 5: 'mine' }) },
      { mine: lines(12, { 5: 'theirs' }), theirs: script(text) },
    );
    expect(kinds(plan)).toEqual({ mine: 'merged', theirs: 'merged' });
    expect(workspace.file('mine')).toEqual(script(lines(12, { 5: 'theirs' })));
    expect(workspace.file('theirs')).toEqual(script(lines(12, { 5: 'mine' })));
  });

  it("leaves the user's bytes in place when both changed them, and git has the template's", async () => {
    const plan = await update({ logo: bytes(0, 1) }, { logo: bytes(0, 2) }, { logo: bytes(0, 3) });
    expect(plan.files).toMatchObject([{ path: 'logo', kind: 'conflict', about: 'binary' }]);
    expect(workspace.file('logo')).toEqual(bytes(0, 2));
    workspace.git('checkout', '--theirs', '--', 'logo');
    expect(workspace.file('logo')).toEqual(bytes(0, 3));
  });

  it('follows a link where one side changed it, and asks where both did', async () => {
    const plan = await update(
      { a: link('one'), b: link('one') },
      { b: link('mine') },
      { a: link('theirs'), b: link('theirs') },
    );
    expect(plan.files).toMatchObject([
      { path: 'a', kind: 'changed' },
      { path: 'b', kind: 'conflict', about: 'link' },
    ]);
    expect(workspace.file('a')).toEqual(link('theirs'));
    expect(workspace.file('b')).toEqual(link('mine'));
  });

  it('asks when a file became a link and changed', async () => {
    const plan = await update({ a: text }, { a: link('mine') }, { a: lines(12, { 5: 'theirs' }) });
    expect(plan.files.every(({ kind, about }) => kind === 'conflict' && about === 'type')).toBe(true);
    expect(plan.files.length).toBeGreaterThan(0);
  });

  it('merges line by line where the user keeps CRLF', async () => {
    const mine = crlf(lines(12, { 2: 'mine' }));
    expect(kinds(await update({ a: text }, { a: mine }, { a: lines(12, { 10: 'theirs' }) }))).toEqual({
      a: 'merged',
    });
    expect(workspace.text('a')).toBe(crlf(lines(12, { 2: 'mine', 10: 'theirs' })));
  });
});

describe('a path', () => {
  it('becomes a folder, and a folder becomes a file', async () => {
    await update({ a: text, 'b/c/d': 'd\n' }, {}, { 'a/x': 'x\n', b: 'b\n' });
    expect(workspace.text('a/x')).toBe('x\n');
    expect(workspace.text('b')).toBe('b\n');
  });

  it('is a conflict when the user made a folder where the template has a new file', async () => {
    const plan = await update({ a: text }, { 'b/mine': 'mine\n' }, { a: text, b: 'theirs\n' });
    expect(plan.files).toMatchObject([{ path: 'b~secure-backend-1.1.0', kind: 'conflict', about: 'folder' }]);
    expect(workspace.text('b/mine')).toBe('mine\n');
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
    const plan = await update(
      { [path]: text },
      { [path]: lines(12, { 2: 'mine' }) },
      { [path]: lines(12, { 10: 'theirs' }), [`new ${path}`]: text },
    );
    expect(kinds(plan)).toEqual({ [path]: 'merged', [`new ${path}`]: 'added' });
    expect(workspace.text(path)).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
    expect(workspace.text(`new ${path}`)).toBe(text);
  });
});
