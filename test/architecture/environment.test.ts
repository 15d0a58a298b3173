import { describe, expect, it } from 'vitest';
import { readCode } from '../repository.files.ts';
import { environmentReads, strayEnvironmentReads } from './environment.rule.ts';

/** Each with the reason why it may. */
const readers = [
  // Parses the environment once, for everybody.
  /^libs\/chassis\/src\/configuration\//,
  // Hand an environment to the programs that they start.
  /^libs\/local-stack\/src\/(?:postgres|processes|start|vault)\//,
  // Hands its own to git, less what names another repository.
  /^generators\/merge\/git\/git\.program\.ts$/,
  // What a build is told, and the probe of a container that it makes.
  /^docker\/src\/(?:image\/image\.command\.ts|bundle\/health\.probe\.js)$/,
  // Which cluster and images to test, said from outside.
  /^test\/(?:cluster|image)\//,
  /^test\/admission\/server\/started\.program\.ts$/,
  /^test\/scan\/scanners\/scan\.environment\.ts$/,
  // Stands in for a service, to show what it was handed.
  /^libs\/local-stack\/test-fixtures\//,
  // Sets the driver's own variables to show that they change nothing.
  /^libs\/chassis\/test\/database\/connection\.test\.ts$/,
  // Hands git an environment in which nobody's configuration counts.
  /^generators\/merge\/git\/git\.program\.ts$/,
  // Hands its own, less what belongs to the test runner, to the copy's scripts.
  /^test\/generator\/(?:command\.failure|full\/published\.full)\.ts$/,
];

describe('the environment', () => {
  it('is read in one place', () => {
    expect(strayEnvironmentReads(readCode(), readers)).toEqual([]);
  });

  it.each([
    `process.env.PORT`,
    `process['env']['PORT']`,
    `process?.env`,
    `globalThis.process.env`,
    `const { env } = process`,
    `const { env: variables, ...rest } = process`,
    `const p = process`,
    `import { env } from 'node:process'`,
    `import { env as variables } from 'process'`,
    `import p from 'node:process'`,
    `import * as everything from 'node:process'`,
    `import process from 'node:process'; f(process.env)`,
    `import.meta.env.PORT`,
    `class A { constructor(@Inject() private readonly a = process.env.PORT) {} }`,
  ])('is not read unseen by %s', (text) => {
    const planted = new Map([['apps/backend-api/src/a.ts', `const before = 1;\n${text};`]]);
    expect(strayEnvironmentReads(planted, readers)).toMatchObject([{ line: 2 }]);
    expect(strayEnvironmentReads(planted, [/^apps\//])).toEqual([]);
  });

  it('is not confused with other uses of process, or with the word in a string', () => {
    const text = `process.exit(0); const { pid } = process; a.env; f('process.env'); // process.env`;
    expect(environmentReads('a.ts', text)).toEqual([]);
  });
});
