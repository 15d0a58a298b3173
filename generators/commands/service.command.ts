import { commitTree, refuseService, uncommitted, type FolderChanges } from '../workspace/index.ts';
import type { Caller, Command } from './command.contract.ts';
import { openStamped } from './open.stamped.ts';
import { planService } from './service.plan.ts';
import {
  callersSetting,
  nameSetting,
  outboundSetting,
  pluralSetting,
  resourceSetting,
  serviceOf,
} from './service.settings.ts';
import { defaultsOption, optionOf, settle, type Setting } from './setting.ts';

const settingsFor = (root: string): readonly Setting[] => [
  { ...nameSetting, check: (name) => nameSetting.check(name, {}) ?? refuseService(root, name) },
  pluralSetting,
  resourceSetting,
  callersSetting('none'),
  outboundSetting,
];

const nextSteps = (service: string): string =>
  [
    'Next:',
    '  git diff                   # test/network/tables tells who reaches whom now; read it, then commit',
    `  npm install && npm start -- ${service}`,
    '  npm test                   # all proofs, of this service too',
    `  npm run image -- ${service}`,
  ].join('\n');

/** Files that were there before. */
const changedIn = ({ write, seen }: FolderChanges): string[] =>
  [...write.keys()].filter((path) => seen?.get(path) !== undefined);

async function addService(caller: Caller): Promise<number> {
  const { root, template, recorded } = await openStamped(caller);
  const service = serviceOf(await settle(settingsFor(root), caller, { name: caller.words[0] }));
  caller.say(`Adding ${service.name} …`);
  const { changes, remarks } = await planService(root, template, recorded, service);
  const mixed = uncommitted(root, changedIn(changes));
  await commitTree(root, changes);
  caller.say(`Wrote ${changes.write.size} files.`);
  for (const remark of remarks) caller.say(remark);
  if (mixed.length > 0) {
    caller.say(
      `These had changes of yours that are not committed, which are still there: ${mixed.join(', ')}.`,
    );
  }
  caller.say(nextSteps(service.name));
  return 0;
}

export const serviceCommand: Command = {
  name: 'service',
  summary:
    'Adds a service to a stamped workspace: program, manifests, flows, and all that has to know of it.',
  words: '[name]',
  options: [...settingsFor('.').map(optionOf), defaultsOption],
  examples: [
    'yo secure-backend:service orders-api',
    'yo secure-backend:service orders-api --resource purchase-order --callers frontend,billing-api --defaults',
    'yo secure-backend:service orders-api --outbound 10.2.0.0/16:443,payments/ledger-api:8080 --defaults',
  ],
  run: addService,
};
