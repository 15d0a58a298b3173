import { refuseName, refuseNames } from '../rename/index.ts';
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

export const resourceSetting: Setting = {
  name: 'resource',
  description: 'one item of what it stores first, like purchase-order',
  message: 'What does it store? One item, two words or more, like purchase-order:',
  default: () => 'work-item',
  check: (resource, { name = '' }) =>
    refuseNames({ service: name, resource }) ?? refuseWordsOf({ service: templateNames.service, resource }),
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
  callers: listOf(settled['callers'] ?? ''),
  outbound: listOf(settled['outbound'] ?? ''),
});
