import { z } from 'zod';
import type { Scanner } from './scanner.ts';

const output = z.array(
  z.object({ code: z.string(), level: z.string(), line: z.number(), message: z.string() }),
);

export const hadolint: Scanner = {
  name: 'hadolint',
  reads: ['dockerfile'],
  install: 'https://github.com/hadolint/hadolint/releases',
  arguments: ({ path }) => ['--no-fail', '--disable-ignore-pragma', '--format', 'json', path],
  parse: (text, input) =>
    output.parse(JSON.parse(text)).map(({ code, level, line, message }) => ({
      id: code,
      resource: input.name,
      message: `line ${line}, ${level}: ${message}`,
    })),
};
