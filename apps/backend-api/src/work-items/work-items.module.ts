import { Module } from '@nestjs/common';
import { WorkItemsController } from './work-items.controller.ts';
import { WorkItemsRepository } from './work-items.repository.ts';
import { WorkItemsService } from './work-items.service.ts';

@Module({ controllers: [WorkItemsController], providers: [WorkItemsService, WorkItemsRepository] })
export class WorkItemsModule {}
