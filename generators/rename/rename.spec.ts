import { describe, expect, it } from 'vitest';
import { createRename } from './rename.ts';

const template = { service: 'backend-api', resource: 'work-item' };
const rename = createRename(template, {
  service: 'purchase-approval-gateway',
  resource: 'delivery-category',
});

describe('renaming', () => {
  it.each([
    ['apps/backend-api/package.json', 'apps/purchase-approval-gateway/package.json'],
    ['src/work-items/work-item.schema.ts', 'src/delivery-categories/delivery-category.schema.ts'],
    ['migrations/0001-work-items.sql', 'migrations/0001-delivery-categories.sql'],
    ['backend_api_owner', 'purchase_approval_gateway_owner'],
    ['CREATE TABLE work_items', 'CREATE TABLE delivery_categories'],
    ['fk_work_item_id', 'fk_delivery_category_id'],
    ['BackendApiModule', 'PurchaseApprovalGatewayModule'],
    ['createWorkItem(workItem1)', 'createDeliveryCategory(deliveryCategory1)'],
    ['this.workItemsRepository', 'this.deliveryCategoriesRepository'],
    ['BACKEND_API_PORT', 'PURCHASE_APPROVAL_GATEWAY_PORT'],
    ['MAX_WORK_ITEMS', 'MAX_DELIVERY_CATEGORIES'],
    ['allow-callers-to-backend-api', 'allow-callers-to-purchase-approval-gateway'],
    ['@secure-backend/backend-api', '@secure-backend/purchase-approval-gateway'],
    ['the backend API: work items', 'the purchase approval gateway: delivery categories'],
    [
      'Backend API. Work items. Work Item.',
      'Purchase approval gateway. Delivery categories. Delivery Category.',
    ],
    [
      String.raw`'\nwork_items' /\bwork items\b/`,
      String.raw`'\ndelivery_categories' /\bdelivery categories\b/`,
    ],
    ['?next=%2Fv1%2Fwork-items', '?next=%2Fv1%2Fdelivery-categories'],
  ])('writes %j as %j', (before, after) => {
    expect(rename(before)).toBe(after);
  });

  it.each([
    'secure-backend',
    '@secure-backend/chassis',
    'the secure-backend API',
    'framework-items',
    'networkItems',
    'homework item',
    'network_items',
    'NETWORK_ITEMS',
    'workItemised',
    'WorkItemised',
    'work_itemised',
    'work-itemised',
    'WORK_ITEMISED',
    'work itemised',
    'backend APIs',
    'backend apidae',
  ])('leaves %j alone', (text) => {
    expect(rename(text)).toBe(text);
  });

  it('keeps the line break of a name that wraps, in prose and in a comment', () => {
    expect(rename('all work\n * items of the backend\nAPI')).toBe(
      'all delivery\n * categories of the purchase\napproval gateway',
    );
  });

  it('mends the article before a name that begins with another sound', () => {
    const orders = createRename(template, { service: 'orders-api', resource: 'invoice-line' });
    expect(orders('A backend API stores a `work-item`; a new one')).toBe(
      'An orders API stores an `invoice-line`; a new one',
    );
  });

  it('says API, whatever the other words are', () => {
    const orders = createRename(template, { service: 'orders-api', resource: 'work-item' });
    expect(orders('Backend API, backend API, BackendApi')).toBe('Orders API, orders API, OrdersApi');
  });

  it('renames once, also when a new name contains an old one', () => {
    const names = { service: 'backend-api-gateway', resource: 'work-item-note' };
    expect(createRename(template, names)('backend-api has workItems')).toBe(
      'backend-api-gateway has workItemNotes',
    );
  });

  it('takes an irregular plural', () => {
    const people = { service: 'people-api', resource: 'contact-person', plural: 'contact-people' };
    expect(createRename(template, people)('workItems of a workItem')).toBe(
      'contactPeople of a contactPerson',
    );
  });

  it('undoes itself when the names are swapped', () => {
    const names = { service: 'parcel-tracker', resource: 'route-leg' };
    const text =
      'backend-api backendApi BackendApi backend_api BACKEND_API workItems WorkItem work_items WORK_ITEMS';
    expect(createRename(names, template)(createRename(template, names)(text))).toBe(text);
  });
});
