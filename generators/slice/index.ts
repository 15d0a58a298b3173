export { mostFields, parseFields, templateFieldList } from './field.list.ts';
export { knownTypes } from './field.types.ts';
export type { Field } from './resource.field.ts';
export { isOfSlice, renderSlice, type Slice } from './slice.render.ts';
export { registerSlice } from './module.registration.ts';
export { documentSlice } from './readme.registration.ts';
export { nextMigration, refuseSlice } from './slice.collision.ts';
export { scriptKeywords, sliceNames, sqlKeywords, systemColumns } from './reserved.words.ts';
