import { z } from 'zod';
import type { Scanner } from './scanner.ts';

const output = z.object({
  summary: z.looseObject({}),
  details: z
    .array(
      z.object({
        code: z.string(),
        title: z.string(),
        level: z.string(),
        alerts: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

const harmless = ['PASS', 'SKIP', 'IGNORE'];

export const dockle: Scanner = {
  name: 'dockle',
  reads: ['image'],
  install: 'https://github.com/goodwithtech/dockle/releases; it reads the archive that --image names',
  arguments: ({ path }) => ['--format=json', '--exit-code=0', `--input=${path}`],
  parse: (text, input) =>
    (output.parse(JSON.parse(text)).details ?? [])
      .filter(({ level }) => !harmless.includes(level))
      .map(({ code, title, level, alerts }) => ({
        id: code,
        resource: input.name,
        message: `${level} ${title}: ${(alerts ?? []).join('; ')}`,
      })),
};
