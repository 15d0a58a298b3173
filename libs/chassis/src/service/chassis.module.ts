import type { DynamicModule, Type } from '@nestjs/common';
import { configurationModule } from '../configuration/index.ts';
import { Database } from '../database/index.ts';
import { Logger, Metrics } from '../telemetry/index.ts';

class ChassisModule {}
class ServiceModule {}

/** The service's module together with what the chassis lets it inject: `ConfigService`, `Database`, `Logger`, `Metrics`. */
export async function serviceModule(
  module: Type,
  chassis: { configuration: object; database: Database; logger: Logger; metrics: Metrics },
): Promise<DynamicModule> {
  const provided: DynamicModule = {
    module: ChassisModule,
    global: true,
    providers: [
      { provide: Database, useValue: chassis.database },
      { provide: Logger, useValue: chassis.logger },
      { provide: Metrics, useValue: chassis.metrics },
    ],
    exports: [Database, Logger, Metrics],
  };
  return {
    module: ServiceModule,
    imports: [await configurationModule(chassis.configuration), provided, module],
  };
}
