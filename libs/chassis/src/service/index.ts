export { runService } from './run.service.ts';
export { type RunningService, serve, type ServeOptions } from './serve.ts';
export { migrationsOf, readManifest, type ServiceDefinition } from './service.definition.ts';
