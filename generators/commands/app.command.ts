import { renderWorkspace } from '../stamp/index.ts';
import { loadTemplate } from '../template/index.ts';
import {
  commitTree,
  isStamped,
  recoverFolder,
  Refusal,
  refuseNewWorkspace,
  remarkNewWorkspace,
} from '../workspace/index.ts';
import type { Caller, Command } from './command.contract.ts';
import { completeTree, tablesCure } from './complete.tree.ts';
import { serviceCommand } from './service.command.ts';
import {
  callersSetting,
  nameSetting,
  outboundSetting,
  pluralSetting,
  resourceSetting,
} from './service.settings.ts';
import { defaultsOption, optionOf, settle, type Setting } from './setting.ts';
import { answersOf, credentialsSetting, namespaceSetting, registrySetting } from './workspace.settings.ts';

const settingsFor = (folder: string): readonly Setting[] => [
  nameSetting,
  pluralSetting,
  resourceSetting,
  namespaceSetting(folder),
  registrySetting,
  callersSetting('frontend'),
  credentialsSetting,
  outboundSetting,
];

/** What is asked once per workspace. */
const settledBefore = [namespaceSetting('.'), registrySetting, credentialsSetting];

const nextSteps = (service: string): string =>
  [
    'Next:',
    '  git init && git add --all && git commit --message "Stamp the workspace"',
    `  npm ci && npm start     # ${service} on http://localhost:8080, with a Postgres of its own`,
    '  npm test                # all proofs',
    '  npm run new -- NAME     # the next service',
  ].join('\n');

async function stampWorkspace(caller: Caller): Promise<number> {
  const { folder, words } = caller;
  const refusal = refuseNewWorkspace(folder);
  if (refusal !== undefined) throw new Refusal(refusal);
  const remark = remarkNewWorkspace(folder);
  if (remark !== undefined) caller.say(remark);
  const settled = await settle(settingsFor(folder), caller, { name: words[0] });
  const answers = answersOf(folder, settled);
  const template = loadTemplate();
  caller.say(`Stamping ${settled['name']} …`);
  const { files, missing } = await completeTree(await renderWorkspace(template, answers), template.version);
  await commitTree(folder, { write: files });
  caller.say(`Stamped ${files.size} files.`);
  if (missing !== undefined) caller.say(tablesCure(missing));
  caller.say(nextSteps(settled['name'] ?? ''));
  return 0;
}

export const appCommand: Command = {
  name: 'app',
  summary:
    'Stamps a workspace with its first service into an empty folder; in a stamped one, another service.',
  words: '[name]',
  options: [...settingsFor('.').map(optionOf), defaultsOption],
  examples: [
    'mkdir shop && cd shop && yo secure-backend',
    'yo secure-backend --defaults',
    'yo secure-backend orders-api --resource purchase-order --registry ghcr.io/acme --callers frontend,web-shop --defaults',
  ],
  async run(caller) {
    for (const sentence of await recoverFolder(caller.folder)) caller.say(sentence);
    if (!isStamped(caller.folder)) return stampWorkspace(caller);
    const settled = settledBefore.find(({ name }) => caller.options[name] !== undefined);
    if (settled !== undefined) {
      throw new Refusal(
        `This workspace is stamped, and --${settled.name} was settled then (see .yo-rc.json). Leave it out.`,
      );
    }
    return serviceCommand.run(caller);
  },
};
