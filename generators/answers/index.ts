export { answersSchema, referenceAnswers, type Answers, type ServiceAnswers } from './answers.schema.ts';
export { refuseCallers } from './caller.check.ts';
export { refuseNamespace } from './namespace.check.ts';
export { refuseOutbound } from './outbound.check.ts';
export {
  readOutbound,
  writeOutbound,
  type NetworkDestination,
  type Outbound,
  type PodDestination,
} from './outbound.destination.ts';
export { refuseRegistry } from './registry.check.ts';
export { answersFile, readAnswers, writeAnswers, type Recorded } from './yo.rc.ts';
