export { truthTablesOf } from './truth.tables.ts';
