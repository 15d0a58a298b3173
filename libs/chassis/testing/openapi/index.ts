export { AnswerChecker } from './answer.checker.ts';
export { type ApiDocument, fetchDocument, type Operation, operationsOf } from './api.document.ts';
export { driveApi, type DrivenService, type Tally } from './api.driver.ts';
export { documentFaults } from './document.faults.ts';
