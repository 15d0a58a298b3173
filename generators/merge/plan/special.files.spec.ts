import { describe, expect, it } from 'vitest';
import { kindsOf as kinds, useTrial } from '../trial/trial.update.ts';
import { bytes, lines, link, script } from '../trial/trial.workspace.ts';

const trial = useTrial();
const text = lines(12);
const crlf = (lf: string): string => lf.replaceAll('\n', '\r\n');

describe('what is no plain text', () => {
  it('takes permissions from whoever changed them', async () => {
    const plan = await trial.update(
      { mine: text, theirs: text },
      { mine: script(text), theirs: lines(12, { 5: 'mine' }) },
      { mine: lines(12, { 5: 'theirs' }), theirs: script(text) },
    );
    expect(kinds(plan)).toEqual({ mine: 'merged', theirs: 'merged' });
    expect(trial.workspace.file('mine')).toEqual(script(lines(12, { 5: 'theirs' })));
    expect(trial.workspace.file('theirs')).toEqual(script(lines(12, { 5: 'mine' })));
  });

  it("leaves the user's bytes in place when both changed them, and git has the template's", async () => {
    const plan = await trial.update({ logo: bytes(0, 1) }, { logo: bytes(0, 2) }, { logo: bytes(0, 3) });
    expect(plan.files).toMatchObject([{ path: 'logo', kind: 'conflict', about: 'binary' }]);
    expect(trial.workspace.file('logo')).toEqual(bytes(0, 2));
    trial.workspace.git('checkout', '--theirs', '--', 'logo');
    expect(trial.workspace.file('logo')).toEqual(bytes(0, 3));
  });

  it('follows a link where one side changed it, and asks where both did', async () => {
    const plan = await trial.update(
      { a: link('one'), b: link('one') },
      { b: link('mine') },
      { a: link('theirs'), b: link('theirs') },
    );
    expect(plan.files).toMatchObject([
      { path: 'a', kind: 'changed' },
      { path: 'b', kind: 'conflict', about: 'link' },
    ]);
    expect(trial.workspace.file('a')).toEqual(link('theirs'));
    expect(trial.workspace.file('b')).toEqual(link('mine'));
  });

  it('asks when a file became a link and changed', async () => {
    const plan = await trial.update({ a: text }, { a: link('mine') }, { a: lines(12, { 5: 'theirs' }) });
    expect(plan.files.every(({ kind, about }) => kind === 'conflict' && about === 'type')).toBe(true);
    expect(plan.files.length).toBeGreaterThan(0);
  });

  it('merges line by line where the user keeps CRLF', async () => {
    const mine = crlf(lines(12, { 2: 'mine' }));
    expect(kinds(await trial.update({ a: text }, { a: mine }, { a: lines(12, { 10: 'theirs' }) }))).toEqual({
      a: 'merged',
    });
    expect(trial.workspace.text('a')).toBe(crlf(lines(12, { 2: 'mine', 10: 'theirs' })));
  });
});
