import { text } from 'node:stream/consumers';
import { answersSchema } from '../answers/index.ts';
import { renderWorkspace } from '../stamp/index.ts';
import { loadTemplate, packTemplate } from '../template/index.ts';

/**
 * Answers on the standard input, on the standard output the whole workspace that this version stamps for them. Newer versions call
 * it to learn what an older one did, so neither form may change.
 */
export async function renderAnswers(): Promise<void> {
  const answers = answersSchema.parse(JSON.parse(await text(process.stdin)));
  const template = loadTemplate();
  const files = await renderWorkspace(template, answers);
  process.stdout.write(packTemplate({ version: template.version, files }));
}
