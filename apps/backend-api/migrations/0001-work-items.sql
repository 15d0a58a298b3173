-- Up Migration

create table work_items (
  id uuid primary key default uuidv7(),
  title text not null check (char_length(title) between 1 and 200),
  description text check (char_length(description) <= 4000),
  status text not null check (status in ('open', 'in_progress', 'done')),
  due_date date,
  -- Changes with each write; a new one also when an id comes back after a deletion.
  version uuid not null default gen_random_uuid(),
  -- Milliseconds, as the API shows them: a finer sort key would get lost in a cursor.
  created_at timestamptz (3) not null default now(),
  updated_at timestamptz (3) not null default now()
);

-- Unnamed: Postgres makes each a name that is free and not too long.
create index on work_items (created_at desc, id desc);
create index on work_items (status, created_at desc, id desc);
-- Serves a date that few or no items are before; with many, the index by age finds a page sooner.
create index on work_items (due_date);
