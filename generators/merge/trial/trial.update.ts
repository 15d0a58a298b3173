import { afterEach } from 'vitest';
import type { UpdatePlan } from '../index.ts';
import { TrialWorkspace, type Files } from './trial.workspace.ts';

/** What became of each file that the report names. */
export const kindsOf = ({ files }: UpdatePlan): Record<string, string> =>
  Object.fromEntries(files.map(({ path, kind }) => [path, kind]));

export interface Trial {
  readonly workspace: TrialWorkspace;
  /** Stamps, lets the user edit and commit, and updates. */
  update(stamped: Files, edits: Files, next: Files): Promise<UpdatePlan>;
}

/** A workspace for each test of a file, which goes when the test is over. */
export function useTrial(): Trial {
  let workspace: TrialWorkspace | undefined;
  afterEach(() => {
    workspace?.remove();
    workspace = undefined;
  });
  return {
    get workspace() {
      if (!workspace) throw new Error('Nothing was stamped yet.');
      return workspace;
    },
    update(stamped, edits, next) {
      workspace = new TrialWorkspace(stamped);
      workspace.edit(edits);
      return workspace.update(next);
    },
  };
}
