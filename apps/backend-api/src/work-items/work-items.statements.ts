import { statement } from '@secure-backend/chassis/database';
import type { WorkItem } from './work-item.schema.ts';

const columns = `id, title, description, status, due_date as "dueDate", version,
  created_at as "createdAt", updated_at as "updatedAt"`;

export const insert = statement<WorkItem>(`
  insert into work_items (title, description, status, due_date)
  values ($1, $2, $3, $4)
  returning ${columns}`);

export const insertOnce = statement<WorkItem>(`
  insert into work_items (title, description, status, due_date, id)
  values ($1, $2, $3, $4, $5)
  on conflict (id) do nothing
  returning ${columns}`);

export const find = statement<WorkItem>(`select ${columns} from work_items where id = $1`);

/** Versions are a list, or null for any. */
export const replace = statement<WorkItem>(`
  update work_items
  set title = $1, description = $2, status = $3, due_date = $4, version = default, updated_at = now()
  where id = $5 and ($6::text[] is null or version::text = any ($6))
  returning ${columns}`);

/** `$1` names the fields to change. */
export const patch = statement<WorkItem>(`
  update work_items
  set title = case when 'title' = any ($1::text[]) then $2 else title end,
    description = case when 'description' = any ($1) then $3 else description end,
    status = case when 'status' = any ($1) then $4 else status end,
    due_date = case when 'dueDate' = any ($1) then $5::date else due_date end,
    version = default, updated_at = now()
  where id = $6 and ($7::text[] is null or version::text = any ($7))
  returning ${columns}`);

export const remove = statement<{ id: string }>(`
  delete from work_items
  where id = $1 and ($2::text[] is null or version::text = any ($2))
  returning id`);

export const list = statement<WorkItem>(`
  select ${columns} from work_items
  where ($1::text is null or status = $1)
    and ($2::date is null or due_date < $2)
    and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
  order by created_at desc, id desc
  limit $5`);
