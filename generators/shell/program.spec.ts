import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';

const program = join(import.meta.dirname, '../bin/secure-backend.js');
const run = (...words: string[]) => spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });

describe('the program', () => {
  it('says what it can do', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`secure-backend ${name}.*${summary}`));
  });

  it.each(commands)(
    'says how $name is used, with examples that it understands',
    ({ name, options, examples }) => {
      const { status, stdout } = run(name, '--help');
      expect(status).toBe(0);
      for (const option of options) expect(stdout).toContain(`--${option.name}`);
      expect(examples.length).toBeGreaterThan(1);
      const named = examples.flatMap((example) =>
        [...example.matchAll(/--([a-z-]+)/g)].map(([, option]) => option),
      );
      const known = new Set([...options.map((option) => option.name), 'help']);
      expect(named.filter((option) => !known.has(option ?? ''))).toEqual([]);
    },
  );
});
