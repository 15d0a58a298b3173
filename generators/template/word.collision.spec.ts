import { describe, expect, it } from 'vitest';
import { loadTemplate } from './template.source.ts';
import { templateNames } from './template.names.ts';
import { refuseWords } from './word.collision.ts';

const { files } = loadTemplate();

describe('the words of the template', () => {
  it.each([
    templateNames,
    { service: 'orders-api', resource: 'purchase-order' },
    { service: 'purchase-approval-gateway', resource: 'delivery-appointment' },
    { service: 'billing-gateway', resource: 'contact-person', plural: 'contact-people' },
    { service: 'oauth2-proxy', resource: 'access-grant' },
    { service: 'backend-api', resource: 'form-data-set' },
  ])('leave room for $service and $resource', (names) => {
    expect(refuseWords(files, names)).toBeUndefined();
  });

  it.each([
    ['orders-api', 'api-key', '"api-key" is a word of every service'],
    ['orders-api', 'due-date', '"due-date"'],
    ['orders-api', 'app-module', 'see src/app.module.ts'],
    ['secure-backend', 'purchase-order', '"secure-backend"'],
    ['service-account', 'purchase-order', '"service-account"'],
    ['config-map', 'purchase-order', '"config-map"'],
    ['work-item', 'purchase-order', '"work-item"'],
    ['orders-api', 'backend-api', '"backend-api"'],
    ['api-key', 'due-date', '"api-key"'],
  ])('leave none for %s and %s', (service, resource, why) => {
    expect(refuseWords(files, { service, resource })).toContain(why);
  });
});
