import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersFile, readAnswers, type Recorded } from '../answers/index.ts';
import { loadTemplate, type Template } from '../template/index.ts';
import { findWorkspace, recoverFolder, Refusal } from '../workspace/index.ts';
import type { Caller } from './command.contract.ts';

/** A stamped workspace, and the template that it may get more of. */
export interface Stamped {
  readonly root: string;
  readonly template: Template;
  readonly recorded: Recorded;
}

/**
 * The workspace around the folder in which a command was called; what an earlier run left half done there is taken back first.
 * @throws Refusal when there is none, or when another version of the generator stamped it
 */
export async function openStamped(caller: Caller): Promise<Stamped> {
  const root = findWorkspace(caller.folder);
  for (const sentence of await recoverFolder(root)) caller.say(sentence);
  const recorded = readAnswers(readFileSync(join(root, answersFile), 'utf8'));
  const template = loadTemplate();
  if (recorded.version !== template.version) {
    throw new Refusal(
      `This workspace was stamped by version ${recorded.version} of the generator, and this is ${template.version}. ` +
        'Run "yo secure-backend:update" first, so that all of its services are of one version.',
    );
  }
  return { root, template, recorded };
}
