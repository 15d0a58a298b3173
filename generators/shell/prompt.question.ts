import type { PromptQuestion } from '@yeoman/types';
import type { Question } from '../commands/command.contract.ts';

/** A question as Yeoman's prompts put it: with a list to choose from, or with a check while one types. */
export function promptOf({
  message,
  default: byDefault,
  choices,
  check,
}: Question): PromptQuestion<{ answer: string }> {
  const shared = { name: 'answer', message, default: byDefault } as const;
  return choices
    ? { ...shared, type: 'select', choices: [...choices] }
    : { ...shared, type: 'input', validate: (answer: string) => check(answer) ?? true };
}
