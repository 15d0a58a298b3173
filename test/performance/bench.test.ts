import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const bench = join(import.meta.dirname, 'bench.js');
const short = ['--rounds', '1', '--seconds', '0.3', '--pace', '50', '--outage', '0'];

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [bench, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, output }));
  return { child, ended, output: () => output };
}

const run = (...args: string[]) => start(args).ended;

describe('npm run bench', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('lists what there is, and refuses what there is not', async () => {
    await expect(run()).resolves.toMatchObject({ code: 0, output: expect.stringContaining('-- rotation') });
    await expect(run('gone')).resolves.toMatchObject({ code: 1 });
    await expect(run('rotation', '--help')).resolves.toMatchObject({
      code: 0,
      output: expect.stringContaining('--revocations N'),
    });
    await expect(run('rotation', '--rotations', 'many')).resolves.toMatchObject({
      code: 1,
      output: expect.stringContaining('--rotations'),
    });
  });

  it('rotation: fails no unit, says so in its last line, and writes its figures', async () => {
    const json = join(folder, 'met.json');
    // The ratio of so few units means nothing.
    const args = ['--rotations', '4', '--revocations', '1', '--ratio', '1000', '--json', json];
    const { code, output } = await run('rotation', ...short, ...args);

    expect(output.trimEnd().split('\n').at(-1)).toMatch(
      /^rotation: \d+ rotations, \d+ units, 0 failed, p99 ×[\d.]+ \(goal ×1000\); controls failed \d{3,} and \d{3,}: goals met$/,
    );
    expect(code).toBe(0);
    const report: unknown = JSON.parse(await readFile(json, 'utf8'));
    expect(report).toMatchObject({
      sources: [
        { source: 'files', rotations: { rotations: 4, during: { failed: 0 } } },
        ...vaultPart(output),
      ],
    });
  });

  it('rotation: ends with 1 when a goal is missed', async () => {
    const args = ['--source', 'files', '--rotations', '1', '--revocations', '0', '--ratio', '0'];
    const { code, output } = await run('rotation', ...short, ...args, '--json', join(folder, 'missed.json'));

    expect(output).toMatch(/^MISSED files: p99 during rotations/m);
    expect(output.trimEnd()).toMatch(/: 1 of \d+ goals missed$/);
    expect(code).toBe(1);
  });

  it('rotation: stops cleanly when it is interrupted', async () => {
    const { child, ended, output } = start(['rotation', '--source', 'files']);
    await expect.poll(output, { timeout: 60_000 }).toContain('p99.9');
    child.kill('SIGINT');
    await expect(ended).resolves.toMatchObject({
      code: 130,
      output: expect.stringMatching(/interrupted\n$/),
    });
  });
});

function vaultPart(output: string): object[] {
  return output.includes('there is no Vault') ? [] : [{ source: 'vault', rotations: { liveRoles: 1 } }];
}
