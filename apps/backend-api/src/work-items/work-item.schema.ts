import { queryInteger, timestamp, uuid } from '@secure-backend/chassis/http';
import { z } from 'zod';
import { defaults, fields, filters } from './work-item.fields.ts';

/** What a caller writes: the whole of a work item. */
export const workItemDraft = z.strictObject({ ...fields, ...defaults }).meta({ id: 'WorkItemDraft' });

/** What a caller changes: the fields present; null clears, as in RFC 7396. */
export const workItemPatch = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must change something')
  .meta({ id: 'WorkItemPatch', minProperties: 1 });

/** What a caller reads. */
export const workItem = z
  .object({ id: uuid, ...fields, createdAt: timestamp, updatedAt: timestamp })
  .meta({ id: 'WorkItem' });

export const workItemPage = z
  .object({
    items: z.array(workItem),
    nextCursor: z.string().nullable().meta({ description: 'Send it as cursor to get the next page' }),
  })
  .meta({ id: 'WorkItemPage' });

export const workItemPath = z.strictObject({ id: uuid });

export const workItemQuery = z.strictObject({
  ...filters,
  limit: queryInteger({ min: 1, max: 100 }).default(20),
  cursor: z.string().min(1).max(512).optional(),
});

/** The sort key of a list, as its cursor holds it. */
export const workItemPosition = z.tuple([timestamp, uuid]);

export type WorkItemDraft = z.output<typeof workItemDraft>;
export type WorkItemPatch = z.output<typeof workItemPatch>;
export type WorkItemPath = z.output<typeof workItemPath>;
export type WorkItemQuery = z.output<typeof workItemQuery>;
/** What a list is narrowed by, of its query. */
export type WorkItemFilter = Partial<WorkItemQuery>;
export type WorkItemPosition = z.output<typeof workItemPosition>;
export type WorkItemPage = z.output<typeof workItemPage>;
/** With the version that its ETag shows; the serialiser keeps it out of the body. */
export type WorkItem = z.output<typeof workItem> & { version: string };
