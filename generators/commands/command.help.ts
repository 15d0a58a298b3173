import type { Command, CommandOption } from './command.contract.ts';

const row =
  (width: number) =>
  ({ name, type, description }: CommandOption) =>
    `  --${`${name}${type === 'string' ? ' …' : ''}`.padEnd(width)}  ${description}`;

/** The text of `--help`. */
export function helpOf({ name, summary, words, options, examples }: Command): string {
  const generator = name === 'app' ? 'secure-backend' : `secure-backend:${name}`;
  const width = Math.max(...options.map((option) => option.name.length + 2));
  return [
    `yo ${generator} ${words}`.trimEnd(),
    '',
    summary,
    '',
    'Options:',
    ...options.map(row(width)),
    `  --${'help'.padEnd(width)}  this text`,
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
    `Without yo: npx generator-secure-backend ${name}, with the same words and options.`,
    '',
  ].join('\n');
}
