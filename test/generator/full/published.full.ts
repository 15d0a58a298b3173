import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../repository.files.ts';

/** What yo becomes when root starts it. */
const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};
const inherited = Object.entries(process.env).filter(
  ([name]) => !/^(?:VITEST|NODE_ENV$|TEST$|npm_(?!config_cafile)|GIT_|PATH$|HOME$)/.test(name),
);

// With the package alone, as somebody who has nothing of this repository. In this order.
describe('the published package', { timeout: 1_800_000 }, () => {
  const outer = mkdtempSync(join(tmpdir(), 'published-'));
  const [prefix, home, shop] = ['prefix', 'home', 'shop'].map((name) => join(outer, name)) as [
    string,
    string,
    string,
  ];
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    PATH: [join(prefix, 'bin'), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(
      delimiter,
    ),
  };
  const run = (program: string, words: readonly string[]): string =>
    execFileSync(program, words, {
      cwd: shop,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 2 ** 28,
      ...user,
    });
  const install = (...words: string[]): string =>
    execFileSync('npm', words, { cwd: outer, encoding: 'utf8' });

  beforeAll(() => {
    for (const folder of [prefix, home, shop]) mkdirSync(folder);
    if (user.uid !== undefined)
      for (const folder of [outer, home, shop]) chownSync(folder, user.uid, user.gid);
    install('pack', join(root, 'generators'), '--pack-destination', outer);
    install(
      'install',
      '--global',
      '--prefix',
      prefix,
      'yo@7.0.1',
      join(outer, 'generator-secure-backend-0.1.0.tgz'),
    );
  });
  afterAll(() => rmSync(outer, { recursive: true }));

  it('holds no source and no test', () => {
    const files = run('tar', ['-tzf', join(outer, 'generator-secure-backend-0.1.0.tgz')]).split('\n');
    expect(files.filter((path) => /\.ts$|\.(?:spec|test)\./.test(path))).toEqual([]);
    expect(files).toContain('package/dist/generators/template.json');
  });

  it('stamps by yo, and serves within a minute', async () => {
    const started = performance.now();
    run('yo', ['secure-backend', '--defaults']);
    run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline']);
    const service: ChildProcess = spawn('node', ['libs/local-stack/bin/start.js'], {
      cwd: shop,
      env,
      stdio: 'ignore',
      ...user,
    });
    const key = join(shop, '.local/backend-api/secrets/api-keys/external-api');
    const status = async (): Promise<number> => {
      if (!existsSync(key)) return 0;
      const headers = { 'x-api-key': readFileSync(key, 'utf8').trim() };
      return fetch('http://localhost:8080/v1/work-items', { headers }).then(
        (answer) => answer.status,
        () => 0,
      );
    };
    while (service.exitCode === null && (await status()) !== 200) await delay(100);
    process.stdout.write(`first 200 after ${Math.round((performance.now() - started) / 1000)} s\n`);
    expect(await status()).toBe(200);
    const exited = once(service, 'exit');
    service.kill('SIGTERM');
    await exited;
  });

  it('stamps what passes its own tests', () => {
    for (const words of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['-c', 'user.name=a', '-c', 'user.email=a@localhost', 'commit', '--quiet', '-m', 'Stamp'],
    ])
      run('git', words);
    expect(() => run('npm', ['test'])).not.toThrow();
    expect(run('git', ['status', '--porcelain'])).toBe('');
  });
});
