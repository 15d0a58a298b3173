export {
  applyMigrations,
  startTestService,
  type TestService,
  type TestServiceOptions,
} from './test.service.ts';
export { openTestSession, type TestSession } from './test.session.ts';
export { freePort } from './free.port.ts';
export { type ServiceProcess, startServiceProcess } from './service.process.ts';
export { expectProblem, type WireAnswer } from './expect.problem.ts';
export * from './openapi/index.ts';
export * from './samples/index.ts';
export { faults, openFaultProxy } from './vault/index.ts';
