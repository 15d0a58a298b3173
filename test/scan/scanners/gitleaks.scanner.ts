import { relative } from 'node:path';
import { z } from 'zod';
import type { Scanner } from './scanner.ts';

const output = z.array(
  z.object({ RuleID: z.string(), File: z.string(), StartLine: z.number(), Description: z.string() }),
);

/** Secrets in what is committed; the output shows where, never what. */
export const gitleaks: Scanner = {
  name: 'gitleaks',
  reads: ['sources'],
  install: 'https://github.com/gitleaks/gitleaks/releases',
  arguments: ({ path }, { report }) => [
    'dir',
    path,
    '--no-banner',
    '--redact',
    '--ignore-gitleaks-allow',
    '--exit-code=0',
    '--report-format=json',
    `--report-path=${report}`,
  ],
  parse: (text, input) =>
    output.parse(JSON.parse(text)).map(({ RuleID, File, StartLine, Description }) => ({
      id: RuleID,
      resource: relative(input.path, File),
      message: `line ${StartLine}: ${Description}`,
    })),
};
