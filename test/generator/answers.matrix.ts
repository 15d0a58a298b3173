import { type Answers, referenceAnswers, type ServiceAnswers } from 'generator-secure-backend/answers';
import { longestName } from 'generator-secure-backend/rename';

const service = (name: string, resource: string, more: Partial<ServiceAnswers> = {}): ServiceAnswers => ({
  name,
  resource,
  callers: ['frontend'],
  outbound: [],
  ...more,
});

const workspace = (title: string, services: ServiceAnswers[], more: Partial<Answers> = {}) => ({
  title,
  answers: {
    ...referenceAnswers,
    workspace: 'shop',
    namespace: 'shop',
    registry: 'ghcr.io/acme/shop',
    ...more,
    services,
  },
});

export interface AnswerSet {
  readonly title: string;
  readonly answers: Answers;
}

/** What people may answer, each set another way to be unlike the template. */
export const answerSets: readonly AnswerSet[] = [
  workspace('two services, one calling the other, and Vault', [
    service('purchase-approval-gateway', 'delivery-appointment'),
    service('orders-api', 'purchase-order', { callers: ['purchase-approval-gateway', 'web-shop'] }),
  ]),
  workspace('another name of the same length', [service('invoice-api', 'bank-note')], {
    credentials: 'files',
  }),
  workspace('one caller that is not the sample', [
    service('orders-api', 'purchase-order', { callers: ['web-shop'] }),
  ]),
  workspace('no caller', [service('batch-runner', 'batch-run', { callers: [] })], { credentials: 'files' }),
  workspace('many callers', [
    service('orders-api', 'purchase-order', { callers: ['frontend', 'web-shop', 'mobile-gateway', 'a1'] }),
  ]),
  workspace('destinations outside', [
    service('orders-api', 'purchase-order', {
      outbound: ['10.2.0.0/16:443', 'payments/ledger-api:8080', '[2001:db8:1::/48]:443'],
    }),
  ]),
  workspace(
    'the longest names',
    [
      service(
        `purchase-${'a'.repeat(longestName - 'purchase-'.length)}`,
        `delivery-${'a'.repeat(longestName - 'delivery-'.length - 1)}`,
      ),
    ],
    { namespace: 'n'.repeat(40), workspace: 'w'.repeat(60) },
  ),
  workspace('the shortest names', [service('a-b', 'c-d')], {
    namespace: 'x',
    workspace: 'y',
    registry: 'r.io/z',
  }),
  workspace('a new name that holds the old one', [service('backend-api-gateway', 'work-item-note')]),
  workspace('the sample resource kept', [service('task-board', 'work-item')], { credentials: 'files' }),
  workspace('an irregular plural, and digits', [
    service('oauth2-proxy2', 'contact-person', { plural: 'contact-people' }),
  ]),
  workspace('vowels, which change articles', [service('invoice-api', 'order-entry')]),
  workspace(
    'three services, each calling the next',
    [
      service('orders-api', 'purchase-order', { callers: ['frontend', 'billing-api'] }),
      service('stock-keeper', 'stock-item', { callers: ['orders-api'], outbound: ['10.64.0.0/16:5671'] }),
      service('billing-api', 'invoice-line', { callers: ['stock-keeper'] }),
    ],
    { credentials: 'files', registry: 'localhost:5000/team/images' },
  ),
];
