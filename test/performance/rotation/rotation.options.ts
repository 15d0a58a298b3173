import { parseArgs } from 'node:util';
import { z } from 'zod';

export const HELP = `\
Changes credentials under a saturated pool and measures what the callers notice, beside the same load without changes.

  npm run bench -- rotation

Options:
  --source files|vault|all   where credentials come from (all; Vault is left out when there is none on this machine)
  --rotations N              changes of credential per source (120)
  --revocations N            roles dropped behind the service's back, per source, as often again with their sessions
                             terminated (20)
  --seconds S                load without changes, per round (4)
  --rounds N                 rounds of load without and with changes, whose p99 are compared by their medians (5)
  --pace MS                  milliseconds from one change's end to the next (250)
  --outage S                 seconds that Vault is sealed under a lease of 5 s; 0 leaves it out (15)
  --ratio R                  most that p99 with changes may be, in times of p99 without (2)
  --json FILE                where all figures go (test/reports/bench-rotation.json)
  --help                     this text

Ends with exit code 1 when a goal is missed, 0 when all are met.
`;

const whole = (least: number) => z.coerce.number().int().min(least).max(100_000);
const positive = z.coerce.number().min(0).max(100_000);

const schema = z.object({
  source: z.enum(['files', 'vault', 'all']).default('all'),
  rotations: whole(1).default(120),
  revocations: whole(0).default(20),
  seconds: positive.default(4),
  rounds: whole(1).default(5),
  pace: positive.default(250),
  outage: positive.default(15),
  ratio: positive.default(2),
  json: z.string().min(1).optional(),
  help: z.boolean().default(false),
});

export type RotationOptions = Readonly<z.output<typeof schema>>;

/** @throws Error naming the option that isn't understood */
export function parseRotationOptions(args: readonly string[]): RotationOptions {
  const names = Object.keys(schema.shape).filter((name) => name !== 'help');
  const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({
    args: [...args],
    options: { ...texts, help: { type: 'boolean', short: 'h' } },
  });
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new Error(
    result.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '),
  );
}
