import type { DynamicModule, Type } from '@nestjs/common';
import { configurationModule } from '../configuration/index.ts';
import { Database } from '../database/index.ts';

class ChassisModule {}
class ServiceModule {}

/** The service's module together with what the chassis lets it inject: `ConfigService` and `Database`. */
export async function serviceModule(
  module: Type,
  chassis: { configuration: object; database: Database },
): Promise<DynamicModule> {
  const provided: DynamicModule = {
    module: ChassisModule,
    global: true,
    providers: [{ provide: Database, useValue: chassis.database }],
    exports: [Database],
  };
  return {
    module: ServiceModule,
    imports: [await configurationModule(chassis.configuration), provided, module],
  };
}
