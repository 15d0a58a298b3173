import type { DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';

/**
 * Makes the parsed configuration injectable as `ConfigService<Configuration, true>`. The service reads what was
 * validated at boot: files and variables are ignored here, so that nothing can slip past the schema.
 */
export function configurationModule(configuration: object): Promise<DynamicModule> {
  return ConfigModule.forRoot({
    isGlobal: true,
    cache: true,
    ignoreEnvFile: true,
    ignoreEnvVars: true,
    skipProcessEnv: true,
    load: [() => configuration],
  });
}
