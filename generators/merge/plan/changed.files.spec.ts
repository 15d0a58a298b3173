import { describe, expect, it } from 'vitest';
import { kindsOf as kinds, useTrial } from '../trial/trial.update.ts';
import { lines } from '../trial/trial.workspace.ts';

const trial = useTrial();
const text = lines(12);
const trialFiles = { b: 'b\n' };

describe('a file that nobody or one side changed', () => {
  it('stays when neither did', async () => {
    expect(kinds(await trial.update({ a: text }, {}, { a: text }))).toEqual({});
    expect(trial.workspace.text('a')).toBe(text);
  });

  it("becomes the template's when only the template changed it", async () => {
    const changed = lines(12, { 3: 'theirs' });
    expect(kinds(await trial.update({ a: text }, {}, { a: changed }))).toEqual({ a: 'changed' });
    expect(trial.workspace.text('a')).toBe(changed);
    expect(trial.workspace.status()).toContain('M  a');
  });

  it("stays the user's when only the user changed it", async () => {
    const changed = lines(12, { 3: 'mine' });
    expect(kinds(await trial.update({ a: text }, { a: changed }, { a: text }))).toEqual({});
    expect(trial.workspace.text('a')).toBe(changed);
  });

  it('comes when the template brings it, and goes when the template drops it', async () => {
    expect(kinds(await trial.update({ 'gone/a': text }, {}, { 'new/b': 'b\n' }))).toMatchObject({
      'gone/a': 'removed',
      'new/b': 'added',
    });
    expect(trial.workspace.file('gone/a')).toBeUndefined();
    expect(trial.workspace.status()).toEqual(expect.arrayContaining(['A  new/b', 'D  gone/a']));
  });
});

describe('a file that both changed', () => {
  it('is merged where they changed different lines', async () => {
    const plan = await trial.update(
      { a: text },
      { a: lines(12, { 2: 'mine' }) },
      { a: lines(12, { 10: 'theirs' }) },
    );
    expect(kinds(plan)).toEqual({ a: 'merged' });
    expect(plan.files[0]?.lines).toEqual({ added: 1, removed: 1 });
    expect(trial.workspace.text('a')).toBe(lines(12, { 2: 'mine', 10: 'theirs' }));
  });

  it('is marked as git does where they changed the same, and stays unmerged until somebody settles it', async () => {
    const plan = await trial.update(
      { a: text },
      { a: lines(12, { 5: 'mine' }) },
      { a: lines(12, { 5: 'theirs' }) },
    );
    expect(plan.files).toMatchObject([{ path: 'a', kind: 'conflict', about: 'text' }]);
    expect(trial.workspace.text('a')).toContain(
      '<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> secure-backend-1.1.0\n',
    );
    expect(trial.workspace.status()).toContain('UU a');
    expect(() => trial.workspace.git('commit', '--quiet', '--message=early')).toThrow('unmerged');
    trial.workspace.git('reset', '--quiet', '--hard');
    expect(trial.workspace.text('a')).toBe(lines(12, { 5: 'mine' }));
    expect(trial.workspace.status()).toEqual([]);
  });

  it('needs no decision where they changed it alike', async () => {
    const same = lines(12, { 5: 'same' });
    expect(kinds(await trial.update({ a: text }, { a: same }, { a: same }))).toEqual({});
    expect(trial.workspace.text('a')).toBe(same);
  });
});

describe('a file that is there on one side only', () => {
  it('is adopted when the user has it already, as the template does', async () => {
    expect(kinds(await trial.update({}, { a: text }, { a: text }))).toEqual({ a: 'adopted' });
  });

  it('is a conflict when the user has another one', async () => {
    expect(kinds(await trial.update({}, { a: 'mine\n' }, { a: 'theirs\n' }))).toEqual({ a: 'conflict' });
    expect(trial.workspace.text('a')).toContain('<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>>');
    expect(trial.workspace.status()).toContain('AA a');
  });

  it('is kept when the user edited what the template removed', async () => {
    const mine = lines(12, { 5: 'mine' });
    expect(kinds(await trial.update({ a: text }, { a: mine }, {}))).toEqual({ a: 'kept' });
    expect(trial.workspace.text('a')).toBe(mine);
  });

  it('stays deleted, without a word, when the template left it alone', async () => {
    expect(kinds(await trial.update({ a: text }, { a: undefined }, { a: text }))).toEqual({});
    expect(trial.workspace.file('a')).toBeUndefined();
  });

  it('stays deleted when the template changed it, and the report says how to see it', async () => {
    const theirs = lines(12, { 5: 'theirs' });
    const plan = await trial.update({ a: text }, { a: undefined }, { a: theirs });
    expect(kinds(plan)).toEqual({ a: 'deleted' });
    expect(trial.workspace.file('a')).toBeUndefined();
    expect(trial.workspace.git('cat-file', '-p', plan.files[0]?.shown ?? '')).toBe(theirs);
  });
});

describe("a file that is the user's alone", () => {
  const path = 'apps/a';

  it('is never touched, whatever the template made of it, and the report tells of it once', async () => {
    const own = { ...trialFiles, [path]: text };
    const theirs = lines(12, { 10: 'theirs' });
    const plan = await trial.update(own, { [path]: lines(12, { 2: 'mine' }) }, { ...own, [path]: theirs });
    expect(plan.files).toMatchObject([{ path, owner: 'yours', kind: 'left' }]);
    expect(trial.workspace.text(path)).toBe(lines(12, { 2: 'mine' }));
    expect(trial.workspace.git('cat-file', '-p', plan.files[0]?.shown ?? '')).toBe(theirs);
    trial.workspace.commit();
    expect(trial.workspace.plan({ ...own, [path]: theirs }).files).toEqual([]);
  });

  it('gets no change of a file that the user deleted and that looked the same', async () => {
    await trial.update({ a: text }, { a: undefined, [path]: text }, { a: lines(12, { 5: 'theirs' }) });
    expect(trial.workspace.text(path)).toBe(text);
  });

  it('stays recorded when it is not rendered any longer, so that there is nothing to update', async () => {
    await trial.update({ ...trialFiles, [path]: text }, {}, trialFiles);
    trial.workspace.git('reset', '--quiet', '--hard');
    expect(trial.workspace.plan(trialFiles, { version: '1.0.0' }).writes.size).toBe(0);
  });
});
