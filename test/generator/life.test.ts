import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vaultMissing } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LifeWorkspace } from './life.workspace.ts';
import { otherNames } from './template.names.ts';

interface Report {
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

const missing = vaultMissing();
const slice = 'src/delivery-appointments';

// In this order: each step works on what the one before left.
describe('a copy of the template under other names', { timeout: 600_000 }, () => {
  let workspace: LifeWorkspace;

  beforeAll(() => {
    workspace = new LifeWorkspace(otherNames);
  });
  afterAll(() => workspace.close());

  it.each([
    // A longer name wraps lines.
    ['can be formatted', 'prettier --write .'],
    ['typechecks', 'npm run typecheck'],
    ['lints', 'npm run lint'],
    ['builds', 'npm run build'],
    ['passes its own tests on a real Postgres', 'npm test'],
    [
      'is bundled for an image as the template is',
      `node ../../docker/bin/bundle.js ${otherNames.service} ../../image`,
    ],
  ])('%s', async (_, command) => {
    expect(await workspace.failureOf(command)).toBeUndefined();
  });

  it('starts out of its bundle, guarded as in the image', async () => {
    const image = join(workspace.folder, 'image');
    const start = `node --permission --allow-fs-read=${image} --disable-proto=delete ${image}/dist/main.js`;
    expect(await workspace.failureOf(`${start} serve`)).toMatch(/ended with 1[^]*DATABASE_HOST/);
    expect(readFileSync(join(image, 'package.json'), 'utf8')).toContain(`"${otherNames.service}"`);
    writeFileSync(join(image, 'dist/main.js'), "import 'class-validator';\n", { flag: 'a' });
    expect(await workspace.failureOf(`${start} serve`)).toMatch(/ERR_MODULE_NOT_FOUND|ERR_ACCESS_DENIED/);
  });

  it(`has run all of its tests${missing ? ` but those with a Vault (${missing})` : ''}`, () => {
    const report = JSON.parse(readFileSync(join(workspace.service, 'reports/vitest.json'), 'utf8')) as Report;
    expect(report).toMatchObject({ success: true, numFailedTests: 0, numTodoTests: 0 });
    expect(report).not.toMatchObject({ numPassedTests: 0 });
    const unrun = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== 'passed')
      .map(({ fullName }) => fullName);
    // Each says in its title what it lacks.
    expect(unrun.filter((name) => !missing || !name.includes(missing))).toEqual([]);
  });

  it('would not lint with a promise that nobody awaits', async () => {
    const planted = join(workspace.service, slice, 'planted.ts');
    writeFileSync(planted, 'export function plant() {\n  Promise.resolve(1);\n}\n');
    expect(await workspace.failureOf('npm run lint')).toMatch(/no-floating-promises/);
  });

  it('would neither typecheck nor pass its tests with one name left behind', async () => {
    const [renamed, leftBehind] = ['delivery-appointment.schema.ts', 'work-item.schema.ts'];
    renameSync(join(workspace.service, slice, renamed), join(workspace.service, slice, leftBehind));
    expect(await workspace.failureOf('npm run typecheck')).toMatch(/TS2307.*delivery-appointment\.schema/);
    expect(await workspace.failureOf('npm test -- delivery-appointments')).toMatch(
      /delivery-appointment\.schema/,
    );
  });
});
