import { type Names, refuseName, refuseNames } from '../rename/index.ts';
import { refuseCallers, refuseOutbound, type ServiceAnswers } from '../answers/index.ts';
import { templateNames } from '../template/index.ts';
import { listOf, type Setting } from './setting.ts';
import { refuseWordsOf } from './template.words.ts';

/** What is asked about a service. */
export const nameSetting: Setting = {
  name: 'name',
  description: 'of the service: two words or more, kebab-case',
  message: 'What is the service called? Two words or more, like orders-api:',
  default: () => 'backend-api',
  check: (name) => refuseName(name) ?? refuseWordsOf({ ...templateNames, service: name }),
};

/** An irregular plural is given, so seldom that nobody is asked; empty for the regular one. */
export const pluralSetting: Setting = {
  name: 'plural',
  description: 'several of them, where that is irregular: contact-people',
  message: 'What are several of them called?',
  isAsked: false,
  default: () => '',
  check: (plural) => (plural === '' ? undefined : refuseName(plural)),
};

/** Names with the plural that was given, or without. */
export const namesOf = (service: string, resource: string, plural = ''): Names => ({
  service,
  resource,
  ...(plural !== '' && { plural }),
});

/** Why a resource can't be called so beside its service and in the words of the template. */
export const refuseResourceName = (names: Names): string | undefined =>
  refuseNames(names) ?? refuseWordsOf({ ...names, service: templateNames.service });

/** After {@link pluralSetting}. */
export const resourceSetting: Setting = {
  name: 'resource',
  description: 'one item of what it stores first, like purchase-order',
  message: 'What does it store? One item, two words or more, like purchase-order:',
  default: () => 'work-item',
  check: (resource, { name = '', plural }) => refuseResourceName(namesOf(name, resource, plural)),
};

export const callersSetting = (byDefault: string): Setting => ({
  name: 'callers',
  description: 'who may call it: names of pods in its namespace, with commas between, or none',
  message: 'Who may call it? Names of pods in its namespace, with commas between:',
  default: () => byDefault,
  check: (callers, { name = '' }) => refuseCallers(listOf(callers), name),
});

export const outboundSetting: Setting = {
  name: 'outbound',
  description: 'what it may call besides its database: 10.2.0.0/16:443, namespace/pod-name:8080, or none',
  message:
    'What may it call besides its database? CIDR:port or namespace/pod-name:port, with commas between:',
  default: () => 'none',
  check: (outbound) => refuseOutbound(listOf(outbound)),
};

/** The answers about a service out of its settings. */
export const serviceOf = (settled: Readonly<Record<string, string>>): ServiceAnswers => ({
  name: settled['name'] ?? '',
  resource: settled['resource'] ?? '',
  ...(settled['plural'] && { plural: settled['plural'] }),
  callers: listOf(settled['callers'] ?? ''),
  outbound: listOf(settled['outbound'] ?? ''),
});
