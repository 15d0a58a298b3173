import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, history } from './trial/tree.edits.ts';
import {
  filesOf,
  loses,
  lostLines,
  merging,
  overwriting,
  rendered,
  withEdited,
} from './trial/update.laws.ts';

describe('any update', () => {
  it('loses no line of the user and overwrites no edited file', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (tried) => {
        expect(await loses(merging, tried)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('would be caught if it only overwrote', { timeout: 240_000 }, async () => {
    const result = await fc.check(
      fc.asyncProperty(history, async (tried) => {
        expect(await loses(overwriting, tried)).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });

  it(
    'gives the same bytes twice, and nothing more to do once it is committed',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(history, (tried) =>
          withEdited(tried, async (workspace) => {
            const next = Object.fromEntries(rendered(tried).after);
            const [first, second] = [workspace.plan(next), workspace.plan(next)];
            expect({ ...second, workspace: 0 }).toEqual({ ...first, workspace: 0 });
            await workspace.update(next);
            workspace.commit();
            expect([...workspace.plan(next).writes]).toEqual([]);
          }),
        ),
        { numRuns: 12 },
      );
    },
  );

  it(
    'finds all that it merges from in the repository, also the next time',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(history, (tried) =>
          withEdited(tried, async (workspace) => {
            const { after } = rendered(tried);
            await workspace.update(Object.fromEntries(after));
            workspace.commit();
            workspace.git('gc', '--quiet', '--prune=now');
            const later = applyEdits(after, tried.later, 'later');
            const mine = filesOf(workspace);
            const plan = await workspace.update(Object.fromEntries(later), { version: '1.2.0' });
            expect(lostLines(mine, filesOf(workspace))).toEqual([]);
            expect(plan.baseless).toEqual([]);
          }),
        ),
        { numRuns: 10 },
      );
    },
  );
});
