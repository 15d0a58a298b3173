import { parseNames } from '../rename/index.ts';
import { knownTypes, parseFields, templateFieldList } from '../slice/index.ts';
import { commitTree, servicesOf } from '../workspace/index.ts';
import type { Caller, Command } from './command.contract.ts';
import { openStamped } from './open.stamped.ts';
import { planResource } from './resource.plan.ts';
import { namesOf, pluralSetting, refuseResourceName } from './service.settings.ts';
import { defaultsOption, optionOf, settle, type Setting } from './setting.ts';

/** Why a text can't be parsed, as a check says it. */
function refusalOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const settingsFor = (services: readonly string[]): readonly Setting[] => [
  {
    name: 'service',
    description: 'that gets it',
    message: 'Which service gets it?',
    choices: services,
    default: () => services[0] ?? '',
    check: (name) =>
      services.includes(name)
        ? undefined
        : `There is no service "${name}" in apps/. There is: ${services.join(', ')}.`,
  },
  pluralSetting,
  {
    name: 'name',
    description: 'one item of it, two words or more: purchase-order',
    message: 'What is one item of it called? Two words or more, like purchase-order:',
    default: () => 'work-item',
    check: (resource, { service = '', plural }) => refuseResourceName(namesOf(service, resource, plural)),
  },
  {
    name: 'fields',
    description: `its fields: "total:money, note:text?, placed_at:timestamp" (${knownTypes})`,
    message: 'Which fields has it?',
    default: () => templateFieldList,
    check: (fields) => refusalOf(() => parseFields(fields)),
  },
];

const nextSteps = (service: string, plural: string): string =>
  [
    'Next:',
    `  git diff                    # and read apps/${service}/src/${plural}; then commit`,
    `  npm start -- ${service}     # applies the migration`,
    `  npm test -w ${service}`,
    `  curl -H "x-api-key: …" http://localhost:8080/v1/${plural}`,
  ].join('\n');

async function addResource(caller: Caller): Promise<number> {
  const { root, template } = await openStamped(caller);
  const settled = await settle(settingsFor(servicesOf(root)), caller, { name: caller.words[0] });
  const { service = '', name = '', fields = '' } = settled;
  const names = parseNames(namesOf(service, name, settled['plural']));
  const changes = await planResource(root, template, names, parseFields(fields));
  await commitTree(root, changes);
  caller.say(`Added ${names.plural} to ${service}: ${changes.write.size} files.`);
  caller.say(nextSteps(service, names.plural));
  return 0;
}

export const resourceCommand: Command = {
  name: 'resource',
  summary:
    'Adds a resource to a service: schema, migration, repository, routes and tests, with the fields you name.',
  words: '[name]',
  options: [...settingsFor([]).map(optionOf), defaultsOption],
  examples: [
    'yo secure-backend:resource purchase-order --service orders-api --fields "total:money, note:text?, placed_at:timestamp"',
    'yo secure-backend:resource contact-person --plural contact-people --fields "email:text(320), is_active:boolean" --defaults',
  ],
  run: addResource,
};
