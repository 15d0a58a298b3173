import { Module } from '@nestjs/common';
import { WorkItemsModule } from './work-items/work-items.module.ts';

/** All wiring of this service. `Database` and `ConfigService` come from the chassis. */
@Module({ imports: [WorkItemsModule] })
export class AppModule {}
