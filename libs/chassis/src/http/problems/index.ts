export { problemCatalogue, type ProblemCode } from './problem.catalogue.ts';
export { ProblemFilter, sendProblem } from './problem.filter.ts';
export { problemOf } from './problem.mapping.ts';
export { Problem, problemBody, type ProblemBody, problemMediaType, problemSchema } from './problem.ts';
