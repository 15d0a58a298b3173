export { answersSchema, referenceAnswers, type Answers, type ServiceAnswers } from './answers.schema.ts';
export { answersFile, readAnswers, writeAnswers, type Recorded } from './yo.rc.ts';
