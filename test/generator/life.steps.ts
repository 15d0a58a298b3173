import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vaultMissing } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerSet } from './answers.matrix.ts';
import { StampedWorkspace } from './stamped.workspace.ts';

interface Report {
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

/** A workspace that is to live. */
export interface Life {
  readonly title: string;
  readonly services: readonly string[];
  /** Those whose tests run: each takes its minute or two. */
  readonly tested: readonly string[];
  stamp(): Promise<StampedWorkspace>;
}

const proofs = 'manifests network access kubernetes tables docs architecture';

/** The commands that a stamped workspace passes, as its user would give them. */
function stepsOf({ services, tested }: Life): readonly (readonly [title: string, command: string])[] {
  return [
    ['is formatted', 'prettier --check --log-level warn .'],
    ['typechecks', 'npm run --silent typecheck --workspaces'],
    ['lints', 'npm run --silent lint --workspaces'],
    ...['libs/chassis', ...services.map((name) => `apps/${name}`)].map(
      (folder) => [`builds ${folder}`, `npm run --silent build -w ${folder}`] as const,
    ),
    ...tested.map(
      (name) => [`passes the tests of ${name} on a real Postgres`, `npm test -w ${name}`] as const,
    ),
    ['passes the proofs that came with it', `npm test -w test -- ${proofs}`],
    ...services.map(
      (name) => [`bundles ${name} for its image`, `node docker/bin/bundle.js ${name} image/${name}`] as const,
    ),
  ];
}

/** The life of a workspace as it is stamped for some answers. */
export function lifeOf({ title, answers }: AnswerSet): Life {
  const services = answers.services.map(({ name }) => name);
  return { title, services, tested: services, stamp: () => StampedWorkspace.stamp(answers) };
}

/** Tests that a workspace lives; more of them in `further`, which work on what these left. */
export function describeLife(life: Life, further?: (workspace: () => StampedWorkspace) => void): void {
  const { title, services, tested } = life;
  const missing = vaultMissing();

  // In this order: each step works on what the one before left.
  describe(`a workspace of ${title}`, { timeout: 900_000 }, () => {
    let workspace: StampedWorkspace;
    beforeAll(async () => {
      workspace = await life.stamp();
    });
    afterAll(() => workspace.close());

    it.each(stepsOf(life))('%s', async (_, command) => {
      expect(await workspace.failureOf(command)).toBeUndefined();
    });

    it('is as it was stamped: no test had to write its tables anew', () => {
      expect(workspace.git('status', '--porcelain', '--', ':!image')).toBe('');
    });

    it.each(tested)(
      `has run all tests of %s${missing ? ` but those with a Vault (${missing})` : ''}`,
      (name) => {
        const file = join(workspace.folder, 'apps', name, 'reports/vitest.json');
        const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
        expect(report).toMatchObject({ success: true, numFailedTests: 0, numTodoTests: 0 });
        expect(report).not.toMatchObject({ numPassedTests: 0 });
        const unrun = report.testResults
          .flatMap(({ assertionResults }) => assertionResults)
          .filter(({ status }) => status !== 'passed')
          .map(({ fullName }) => fullName);
        // Each says in its title what it lacks.
        expect(unrun.filter((fullName) => !missing || !fullName.includes(missing))).toEqual([]);
      },
    );

    it.each(services)('starts %s out of its bundle, guarded as in the image', async (name) => {
      const image = join(workspace.folder, 'image', name);
      const start = `node --permission --allow-fs-read=${image} --disable-proto=delete ${image}/dist/main.js`;
      expect(await workspace.failureOf(`${start} serve`)).toMatch(/ended with 1[^]*DATABASE_HOST/);
      expect(readFileSync(join(image, 'package.json'), 'utf8')).toContain(`"${name}"`);
    });

    further?.(() => workspace);
  });
}
