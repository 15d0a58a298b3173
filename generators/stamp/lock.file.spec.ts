import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, property, record, subarray, type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pruneLock, type WorkspaceManifest } from './lock.file.ts';
import { lockSchema, manifestSchema, type LockFile, type Manifest } from './lock.package.ts';

const root = join(import.meta.dirname, '../..');
const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const textOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const read = (folder: string): Manifest =>
  manifestSchema.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));

const service = 'apps/backend-api';
const kept = ['libs/chassis', 'libs/local-stack', 'docker'];

/** This repository without its generators, and with services of other names. */
function stamped(names: readonly string[], from = service): WorkspaceManifest[] {
  const {
    devDependencies: { 'generator-secure-backend': _, 'backend-api': any = '*', ...others } = {},
    ...test
  } = read('test');
  const services = Object.fromEntries(names.map((name) => [name, any]));
  return [
    {
      folder: '',
      manifest: { ...read(''), name: 'orders', workspaces: ['apps/*', 'libs/*', 'docker', 'test'] },
    },
    ...names.map((name) => ({ folder: `apps/${name}`, manifest: { ...read(service), name }, from })),
    ...kept.map((folder) => ({ folder, manifest: read(folder) })),
    { folder: 'test', manifest: { ...test, devDependencies: { ...others, ...services } } },
  ];
}

describe('the lock file of a stamped workspace', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const layOut = (workspaces: readonly WorkspaceManifest[], text: string): void => {
    rmSync(folder, { recursive: true });
    for (const workspace of workspaces) {
      mkdirSync(join(folder, workspace.folder), { recursive: true });
      writeFileSync(join(folder, workspace.folder, 'package.json'), textOf(workspace.manifest));
    }
    writeFileSync(join(folder, 'package-lock.json'), text);
  };
  const npm = (...parameters: string[]): string =>
    execFileSync(
      'npm',
      [...parameters, '--offline', '--ignore-scripts', '--omit-lockfile-registry-resolved'],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      },
    );
  /** What npm makes of the whole repository's lock file. */
  const judge = (workspaces: readonly WorkspaceManifest[], from = textOf(lock)): string => {
    layOut(workspaces, from);
    npm('install', '--package-lock-only');
    return readFileSync(join(folder, 'package-lock.json'), 'utf8');
  };

  it.each([[['orders-api']], [['orders-api', 'billing-gateway', 'audit-log-api']]])(
    'of the services %j equals what npm makes of it, and npm installs by it',
    (names) => {
      const workspaces = stamped(names);
      const text = textOf(pruneLock(lock, workspaces));
      expect(text).toBe(judge(workspaces));
      layOut(workspaces, text);
      expect(npm('ci', '--dry-run')).toMatch(/added \d+ packages/);
      expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(text);
    },
  );

  it('that was not pruned is told apart', () => {
    const workspaces = stamped(['orders-api']);
    expect(textOf(lock)).not.toBe(judge(workspaces));
    layOut(workspaces, textOf(lock));
    expect(() => npm('ci', '--dry-run')).toThrow('package.json and package-lock.json');
  });

  it('of the repository itself is as it is', () => {
    const all = [service, ...kept, 'generators', 'test', ''].map((path) => ({
      folder: path,
      manifest: read(path),
    }));
    expect(textOf(pruneLock(lock, all))).toBe(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  });

  it('equals what npm makes of it whatever else is left out', () => {
    const whole = stamped(['orders-api']);
    const names = (kind: keyof Manifest): string[] => [
      ...new Set(whole.flatMap(({ manifest }) => Object.keys((manifest[kind] as object | undefined) ?? {}))),
    ];
    const some = (kind: keyof Manifest): Arbitrary<string[]> => subarray(names(kind), { maxLength: 8 });
    const left = record({
      dependencies: some('dependencies'),
      devDependencies: some('devDependencies'),
      optionalDependencies: some('optionalDependencies'),
    });
    assert(
      property(left, (leftOut) => {
        const workspaces = whole.map(({ manifest, ...others }) => ({
          ...others,
          manifest: without(manifest, leftOut),
        }));
        expect(textOf(pruneLock(lock, workspaces))).toBe(judge(workspaces));
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it('keeps what lies in a folder of the user, which is no workspace', () => {
    const vendored = { folder: 'vendor/vendored', manifest: { name: 'vendored', version: '1.0.0' } };
    const theirs = judge([...withVendored(stamped(['orders-api'])), vendored]);
    const parsed = lockSchema.parse(JSON.parse(theirs));
    expect(parsed.packages).toHaveProperty(['node_modules/vendored', 'link'], true);
    expect(textOf(pruneLock(parsed, withVendored(stamped(['orders-api']))))).toBe(theirs);
    const wider = withVendored(stamped(['orders-api', 'billing-api'], 'apps/orders-api'));
    expect(textOf(pruneLock(parsed, wider))).toBe(judge([...wider, vendored], theirs));
  });

  it('refuses a package that it does not hold', () => {
    const [first, ...others] = stamped(['orders-api']);
    const manifest = { ...first?.manifest, dependencies: { 'left-pad': '1.0.0' } };
    expect(() => pruneLock(lock, [{ folder: '', manifest }, ...others])).toThrow('The root needs left-pad');
  });
});

const withVendored = ([first, ...others]: readonly WorkspaceManifest[]): WorkspaceManifest[] => [
  { folder: '', manifest: { ...first?.manifest, dependencies: { vendored: 'file:vendor/vendored' } } },
  ...others,
];

function without(manifest: Manifest, leftOut: Readonly<Record<string, readonly string[]>>): Manifest {
  const kinds = Object.entries(leftOut).map(([kind, names]) => {
    const all = Object.entries((manifest[kind] as LockFile | undefined) ?? {});
    return [kind, Object.fromEntries(all.filter(([name]) => !names.includes(name)))] as const;
  });
  return { ...manifest, ...Object.fromEntries(kinds) };
}
