import type { Command } from '../commands/command.contract.ts';
import { Refusal } from '../workspace/index.ts';

// Yeoman's own, which every generator understands.
const common =
  'help h version debug force f color no-color insight no-insight local-only skip-cache skip-install force-install ask-answered';

/**
 * Yeoman passes on whatever it is given: a misspelt option would silently count for nothing.
 * @throws Refusal that names it, and those there are
 */
export function refuseUnknownOptions({ options }: Command, words: readonly string[]): void {
  const known = new Set([...common.split(' '), ...options.map(({ name }) => name)]);
  const unknown = words
    .filter((word) => word.startsWith('-') && word !== '--')
    .map((word) => word.replace(/^-+/, '').replace(/=.*$/s, ''))
    .find((name) => !known.has(name));
  if (unknown === undefined) return;
  const offered = options.map(({ name }) => `--${name}`).join(', ');
  throw new Refusal(`There is no option --${unknown}. There are ${offered} and --help.`);
}
