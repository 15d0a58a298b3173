import type { Caller, CommandOption, Question } from './command.contract.ts';
import { Refusal } from '../workspace/index.ts';

/** What is asked, or given as an option of the same name. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly choices?: readonly string[];
  /** False for what is seldom wanted: an option only. */
  readonly isAsked?: boolean;
  /** @param settled what was settled before */
  default(settled: Readonly<Record<string, string>>): string;
  check(answer: string, settled: Readonly<Record<string, string>>): string | undefined;
}

export const defaultsOption: CommandOption = {
  name: 'defaults',
  type: 'boolean',
  description: 'ask nothing; what no option says takes its default',
};

export const optionOf = ({ name, description }: Setting): CommandOption => ({
  name,
  type: 'string',
  description,
});

/**
 * Settles each setting in turn: by its option, else by its default where nobody shall be asked, else by a question.
 * @throws Refusal when an option can't be taken, or when there is nobody to ask
 */
export async function settle(
  settings: readonly Setting[],
  caller: Caller,
  given: Readonly<Record<string, string | undefined>> = {},
): Promise<Record<string, string>> {
  const settled: Record<string, string> = {};
  for (const setting of settings) {
    settled[setting.name] = await settleOne(setting, caller, given[setting.name], settled);
  }
  return settled;
}

async function settleOne(
  setting: Setting,
  caller: Caller,
  given: string | undefined,
  settled: Readonly<Record<string, string>>,
): Promise<string> {
  const option = given ?? caller.options[setting.name];
  if (typeof option === 'boolean')
    throw new Refusal(`--${setting.name} needs a value: ${setting.description}.`);
  const byDefault = setting.default(settled);
  const check = (answer: string): string | undefined => setting.check(answer.trim(), settled);
  if (option === undefined && caller.options['defaults'] !== true && setting.isAsked !== false) {
    if (!caller.canAsk) {
      throw new Refusal(
        `There is no terminal to ask on: ${setting.message}\nSay --${setting.name}, or --defaults to take what is offered (${byDefault || 'none'}).`,
      );
    }
    return (await caller.ask(questionOf(setting, byDefault, check))).trim();
  }
  const answer = (option ?? byDefault).trim();
  const refusal = check(answer);
  if (refusal !== undefined) throw new Refusal(refusal);
  return answer;
}

const questionOf = (
  { name, message, choices }: Setting,
  byDefault: string,
  check: Question['check'],
): Question => ({ name, message, default: byDefault, ...(choices && { choices }), check });

/** What is written between commas. */
export const listOf = (answer: string): string[] =>
  answer
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && item !== 'none');
