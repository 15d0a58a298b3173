import type { ServiceDefinition } from '@secure-backend/chassis/service';
import { AppModule } from './app.module.ts';
import { configuration } from './configuration.ts';

/** The service as the chassis runs it, in production and in tests alike. */
export const backendApi: ServiceDefinition = {
  root: new URL('../', import.meta.url),
  module: AppModule,
  configuration,
};
