export {
  applyMigrations,
  startTestService,
  type TestService,
  type TestServiceOptions,
} from './test.service.ts';
