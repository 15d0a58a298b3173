import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import {
  Operation,
  type Preconditions,
  putMode,
  ReadPreconditions,
  type Reply,
  requireIfMatch,
  sendCreated,
  sendVersion,
} from '@secure-backend/chassis/http';
import {
  type WorkItem,
  workItem,
  type WorkItemDraft,
  workItemDraft,
  type WorkItemPage,
  workItemPage,
  type WorkItemPatch,
  workItemPatch,
  type WorkItemPath,
  workItemPath,
  type WorkItemQuery,
  workItemQuery,
} from './work-item.schema.ts';
import { WorkItemsService } from './work-items.service.ts';

const path = '/v1/work-items';
const created = { description: 'Created', schema: workItem, headers: ['ETag', 'Location'] } as const;
const current = { description: 'The work item', schema: workItem, headers: ['ETag'] } as const;

@Controller(path)
export class WorkItemsController {
  constructor(private readonly service: WorkItemsService) {}

  @Post()
  @Operation({ summary: 'Create a work item', answers: { 201: created } })
  async createWorkItem(
    @Body({ schema: workItemDraft }) draft: WorkItemDraft,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<WorkItem> {
    return sendCreated(reply, path, await this.service.create(draft));
  }

  @Get()
  @Operation({
    summary: 'List work items, newest first',
    answers: { 200: { description: 'One page', schema: workItemPage } },
  })
  listWorkItems(@Query({ schema: workItemQuery }) query: WorkItemQuery): Promise<WorkItemPage> {
    return this.service.list(query);
  }

  @Get(':id')
  @Operation({
    summary: 'Read a work item',
    answers: { 200: current, 304: { description: 'Unchanged', headers: ['ETag'] } },
    problems: ['not_found'],
    requestHeaders: ['If-None-Match'],
  })
  async readWorkItem(
    @Param({ schema: workItemPath }) { id }: WorkItemPath,
    @ReadPreconditions() { ifNoneMatch }: Preconditions,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<WorkItem | undefined> {
    return sendVersion(reply, await this.service.read(id), ifNoneMatch);
  }

  @Put(':id')
  @Operation({
    summary: 'Create a work item once under your own id, or replace one',
    answers: { 200: current, 201: created },
    problems: ['precondition_failed', 'precondition_required'],
    requestHeaders: ['If-Match', 'If-None-Match'],
  })
  async putWorkItem(
    @Param({ schema: workItemPath }) { id }: WorkItemPath,
    @ReadPreconditions() preconditions: Preconditions,
    @Body({ schema: workItemDraft }) draft: WorkItemDraft,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<WorkItem | undefined> {
    return putMode(preconditions) === 'create'
      ? sendCreated(reply, path, await this.service.createOnce(id, draft))
      : sendVersion(reply, await this.service.replace(id, draft, requireIfMatch(preconditions)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change fields of a work item',
    answers: { 200: current },
    problems: ['not_found', 'precondition_failed', 'precondition_required'],
    requestHeaders: ['If-Match'],
  })
  async patchWorkItem(
    @Param({ schema: workItemPath }) { id }: WorkItemPath,
    @ReadPreconditions() preconditions: Preconditions,
    @Body({ schema: workItemPatch }) patch: WorkItemPatch,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<WorkItem | undefined> {
    return sendVersion(reply, await this.service.patch(id, patch, requireIfMatch(preconditions)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a work item',
    answers: { 204: { description: 'Deleted' } },
    problems: ['not_found', 'precondition_failed', 'precondition_required'],
    requestHeaders: ['If-Match'],
  })
  deleteWorkItem(
    @Param({ schema: workItemPath }) { id }: WorkItemPath,
    @ReadPreconditions() preconditions: Preconditions,
  ): Promise<void> {
    return this.service.remove(id, requireIfMatch(preconditions));
  }
}
