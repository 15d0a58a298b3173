import { describe, expect, it } from 'vitest';
import { readCode } from '../repository.files.ts';
import { readPackages } from '../workspace.packages.ts';
import { findCycles } from './cycle.rule.ts';
import { strayPools, testCodeInProduction, undeclaredImports } from './dependency.rule.ts';
import { wrongDirections } from './direction.rule.ts';
import { wrongLayers } from './folder.rule.ts';
import { buildGraph } from './import.graph.ts';

const code = readCode();
const packages = readPackages();
/** The imports of one file that isn't there, as if somebody had written it. */
const plant = (path: string, text: string) => buildGraph(new Map([[path, text]]));

describe('imports', () => {
  const graph = buildGraph(code);

  it('are found in every form', () => {
    const text = `import a from 'a'; import type { B } from 'b'; export * from 'c'; export { d } from 'd';
      await import('e'); type F = import('f').F; require('g'); @Decorated() class H {}`;
    expect(plant('x.ts', text).map(({ specifier }) => specifier)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
    ]);
    expect(graph.length).toBeGreaterThan(20);
  });

  it('point one way: apps to libs; test reads both, nothing reads it', () => {
    expect(wrongDirections(graph, packages)).toEqual([]);
  });

  it.each([
    ['libs/chassis/src/http/a.ts', `import '../../../../apps/backend-api/src/main.ts'`],
    ['libs/chassis/src/http/a.ts', `import 'backend-api'`],
    ['libs/chassis/src/http/a.ts', `import '@secure-backend/local-stack'`],
    ['libs/local-stack/src/a.ts', `import '@secure-backend/chassis/database'`],
    ['libs/local-stack/src/a.spec.ts', `import '@secure-backend/chassis/database'`],
    ['libs/local-stack/bin/a.js', `await import('../../../apps/backend-api/dist/main.js')`],
    ['apps/backend-api/src/a.ts', `export * from '@secure-backend/local-stack'`],
    ['apps/backend-api/src/a.ts', `import '../../another-service/src/main.ts'`],
    ['apps/backend-api/test/a.test.ts', `import '../../../test/repository.files.ts'`],
  ])('in %s, %s is refused', (path, text) => {
    expect(wrongDirections(plant(path, text), packages)).toHaveLength(1);
  });

  it('let the tests of a service and of the chassis use the local stack', () => {
    const text = `import '@secure-backend/local-stack'`;
    expect(wrongDirections(plant('apps/backend-api/test/a.test.ts', text), packages)).toEqual([]);
    expect(wrongDirections(plant('libs/chassis/src/http/a.spec.ts', text), packages)).toEqual([]);
  });

  it('inside the chassis go down its layers, through the index of each folder', () => {
    expect(wrongLayers(graph)).toEqual([]);
  });

  it.each([
    ['configuration', `import '../telemetry/index.ts'`],
    ['database', `import '../http/index.ts'`],
    ['secrets/files', `import '../../database/index.ts'`],
    ['database', `import '../secrets/secret.source.ts'`],
    ['leftovers', `import '../configuration/index.ts'`],
  ])('of the chassis: in %s, %s is refused', (folder, text) => {
    expect(wrongLayers(plant(`libs/chassis/src/${folder}/a.ts`, text))).toHaveLength(1);
  });

  it('never run in a circle', () => {
    expect(findCycles(graph)).toEqual([]);
  });

  it('that run in a circle are found, through types and re-exports too', () => {
    const circle = new Map([
      ['a/index.ts', `export * from './b.ts'`],
      ['a/b.ts', `import type { C } from './c.ts'; import './d.ts'`],
      ['a/c.ts', `import './index.ts'`],
      ['a/d.ts', `import 'a'`],
    ]);
    expect(findCycles(buildGraph(circle)).map(({ message }) => message)).toEqual([
      'import cycle: a/index.ts → a/b.ts → a/c.ts → a/index.ts',
    ]);
  });

  it('name only packages that their own package.json declares', () => {
    expect(undeclaredImports(graph, packages)).toEqual([]);
  });

  it.each([
    ['apps/backend-api/src/a.ts', `import 'pino/file'`],
    ['libs/local-stack/src/a.spec.ts', `import '@nestjs/common'`],
    ['libs/chassis/src/http/a.ts', `import '@secure-backend/chassis/database'`],
  ])('without a declaration are found: in %s, %s', (path, text) => {
    expect(undeclaredImports(plant(path, text), packages)).toHaveLength(1);
  });

  it('bring nothing meant for tests into production', () => {
    expect(testCodeInProduction(graph)).toEqual([]);
    for (const specifier of ['@secure-backend/chassis/testing', '../testing/index.ts']) {
      expect(testCodeInProduction(plant('apps/backend-api/src/a.ts', `import '${specifier}'`))).toHaveLength(
        1,
      );
      expect(testCodeInProduction(plant('apps/backend-api/test/a.ts', `import '${specifier}'`))).toEqual([]);
    }
  });

  it('reach the raw driver only inside the database folder, the local stack and the benchmarks', () => {
    expect(strayPools(graph)).toEqual([]);
    for (const path of [
      'apps/backend-api/src/a.ts',
      'libs/chassis/src/http/a.ts',
      'apps/backend-api/test/a.ts',
    ]) {
      expect(strayPools(plant(path, `import type { Pool } from 'pg'`))).toHaveLength(1);
    }
  });
});
