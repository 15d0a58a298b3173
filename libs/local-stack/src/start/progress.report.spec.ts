import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ProgressReport, type Output } from './progress.report.ts';

const open = (isTTY: boolean) => {
  const stream: Output = Object.assign(new PassThrough(), { isTTY });
  let text = '';
  stream.on('data', (chunk) => (text += String(chunk)));
  return { progress: new ProgressReport(stream), read: () => text };
};

describe('progress', () => {
  it('is one plain line per finished step outside a terminal', async () => {
    const { progress, read } = open(false);
    await progress.step('Build it', async () => progress.note('it is large'));
    await expect(progress.step('Run it', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(read()).toMatch(/^ {2}· it is large\n {2}✓ Build it +0\.0 s\n {2}✗ Run it +0\.0 s\n$/);
  });

  it('shows the running step in a terminal, and replaces its line', async () => {
    const { progress, read } = open(true);
    let during = '';
    await progress.step('Build it', async () => {
      during = read();
    });
    expect(during).toContain('… Build it');
    const after = read().slice(during.length);
    expect(after.startsWith('\r\u001B[2K')).toBe(true);
    expect(after).toMatch(/✓.* Build it.*\n$/);
  });
});
