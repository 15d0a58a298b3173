import { statement } from '@secure-backend/chassis/database';
import type { WorkItem, WorkItemDraft, WorkItemFilter, WorkItemPatch } from './work-item.schema.ts';

const columns = `id, title, description, status, due_date as "dueDate",
  version, created_at as "createdAt", updated_at as "updatedAt"`;

/** In the order in which the statements below take them. */
export const valuesOf = (draft: WorkItemDraft | WorkItemPatch) => [
  draft.title,
  draft.description,
  draft.status,
  draft.dueDate,
];

export const insert = statement<WorkItem>(`
  insert into work_items
    (title, description, status, due_date)
  values ($1, $2, $3, $4)
  returning ${columns}`);

export const insertOnce = statement<WorkItem>(`
  insert into work_items
    (id, title, description, status, due_date)
  values ($1, $2, $3, $4, $5)
  on conflict (id) do nothing
  returning ${columns}`);

export const find = statement<WorkItem>(`select ${columns} from work_items where id = $1`);

/** `$2` lists versions, or is null for any. */
export const replace = statement<WorkItem>(`
  update work_items
  set title = $3, description = $4, status = $5, due_date = $6,
    version = default, updated_at = now()
  where id = $1 and ($2::text[] is null or version::text = any ($2))
  returning ${columns}`);

/** `$3` names the fields to change. */
export const patch = statement<WorkItem>(`
  update work_items
  set title = case when 'title' = any ($3::text[]) then $4 else title end,
    description = case when 'description' = any ($3) then $5 else description end,
    status = case when 'status' = any ($3) then $6 else status end,
    due_date = case when 'dueDate' = any ($3) then $7 else due_date end,
    version = default, updated_at = now()
  where id = $1 and ($2::text[] is null or version::text = any ($2))
  returning ${columns}`);

export const remove = statement<{ id: string }>(`
  delete from work_items
  where id = $1 and ($2::text[] is null or version::text = any ($2))
  returning id`);

/** In the order in which the list takes them, from `$4` on. */
export const filtersOf = (filter: WorkItemFilter) => [filter.status, filter.dueBefore];

export const list = statement<WorkItem>(`
  select ${columns} from work_items
  where ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid))
    and ($4::text is null or status = $4)
    and ($5::date is null or due_date < $5)
  order by created_at desc, id desc
  limit $3`);
