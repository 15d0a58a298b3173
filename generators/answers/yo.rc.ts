import { z } from 'zod';
import { type Answers, answersSchema } from './answers.schema.ts';

/** Where Yeoman keeps what was answered. */
export const answersFile = '.yo-rc.json';

const key = 'generator-secure-backend';
const version = z.object({ version: z.string() });

/** The answers of a workspace, and the version of the generator that stamped it last. */
export interface Recorded {
  readonly version: string;
  readonly answers: Answers;
}

/**
 * What `.yo-rc.json` says.
 * @throws Error with a sentence for the user when it says nothing of this generator, or something unusable
 */
export function readAnswers(text: string): Recorded {
  const recorded = parseObject(text)[key];
  if (recorded === undefined) {
    throw new Error(`${answersFile} holds no "${key}". This folder was not stamped by yo secure-backend.`);
  }
  const parsed = version.and(answersSchema).safeParse(recorded);
  if (!parsed.success) {
    throw new Error(
      `${answersFile} can't be used: ${z.prettifyError(parsed.error)}\nTake back what was changed in it.`,
    );
  }
  const { version: by, ...answers } = parsed.data;
  return { version: by, answers };
}

/** `.yo-rc.json` with these answers; what other generators keep there stays. */
export function writeAnswers({ version: by, answers }: Recorded, text = '{}'): string {
  return `${JSON.stringify({ ...parseObject(text), [key]: { version: by, ...answers } }, undefined, 2)}\n`;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new Error(`${answersFile} is no JSON object. Mend it, or take it out of your history again.`);
  }
}
