import { calendarDate, text } from '@secure-backend/chassis/http';
import { z } from 'zod';

/** What a work item says, as it is written and read. */
export const fields = {
  title: text({ min: 1, max: 200 }).regex(/\S/, 'must not be blank'),
  description: text({ max: 4_000 }).nullable(),
  status: z.enum(['open', 'in_progress', 'done']),
  dueDate: calendarDate.nullable(),
};

/** What a draft may leave out, and gets then. */
export const defaults = {
  description: fields.description.default(null),
  status: fields.status.default('open'),
  dueDate: fields.dueDate.default(null),
};

/** What a list may be narrowed by. */
export const filters = {
  status: fields.status.optional(),
  dueBefore: calendarDate.optional(),
};
