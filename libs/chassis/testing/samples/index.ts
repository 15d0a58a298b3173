export {
  acceptedCases,
  completeDraft,
  defaultsOf,
  type FieldCase,
  missingCases,
  refusedCases,
  type Samples,
  smallestDraft,
} from './draft.samples.ts';
export { type FieldSamples, sample } from './field.samples.ts';
export {
  both,
  type Filter,
  type FilterCase,
  filterCases,
  type Filters,
  refusedQueries,
} from './filter.samples.ts';
