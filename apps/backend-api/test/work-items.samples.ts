import { type Filters, sample, type Samples } from '@secure-backend/chassis/testing';

/** What each field takes and what it refuses; the tests of this slice send all of it. */
export const samples: Samples = {
  title: sample.text({ min: 1, max: 200 }),
  description: sample.nullable(sample.text({ max: 4_000 })),
  status: sample.withDefault('open', sample.oneOf(['open', 'in_progress', 'done'])),
  dueDate: sample.nullable(sample.date()),
};

/** The field that each query parameter of the list looks at. */
export const filters: Filters = {
  status: { equals: 'status' },
  dueBefore: { before: 'dueDate' },
};
