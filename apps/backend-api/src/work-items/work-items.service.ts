import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, Problem } from '@secure-backend/chassis/http';
import {
  type WorkItem,
  type WorkItemDraft,
  type WorkItemPage,
  type WorkItemPatch,
  workItemPosition,
  type WorkItemQuery,
} from './work-item.schema.ts';
import { type Versions, WorkItemsRepository } from './work-items.repository.ts';

@Injectable()
export class WorkItemsService {
  constructor(private readonly repository: WorkItemsRepository) {}

  create(draft: WorkItemDraft): Promise<WorkItem> {
    return this.repository.insert(draft);
  }

  /** A retry of the same request can't create a second item. */
  async createOnce(id: string, draft: WorkItemDraft): Promise<WorkItem> {
    const item = await this.repository.insertOnce(id, draft);
    return item ?? refuse('precondition_failed');
  }

  async read(id: string): Promise<WorkItem> {
    const item = await this.repository.find(id);
    return item ?? refuse('not_found');
  }

  async list({ limit, cursor, ...filter }: WorkItemQuery): Promise<WorkItemPage> {
    const after = cursor === undefined ? null : decodeCursor(cursor, filter, workItemPosition);
    // One more than asked for tells whether there is a next page.
    const found = await this.repository.list(filter, after, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return { items, nextCursor: hasMore ? encodeCursor([last.createdAt, last.id], filter) : null };
  }

  /** Without an item there is no version that could match, so a PUT of a missing one is a failed precondition. */
  async replace(id: string, draft: WorkItemDraft, versions: Versions): Promise<WorkItem> {
    const item = await this.repository.replace(id, draft, versions);
    return item ?? refuse('precondition_failed');
  }

  async patch(id: string, patch: WorkItemPatch, versions: Versions): Promise<WorkItem> {
    const item = await this.repository.patch(id, patch, versions);
    return item ?? this.#refuseMissingOrChanged(id);
  }

  async remove(id: string, versions: Versions): Promise<void> {
    if (!(await this.repository.remove(id, versions))) {
      await this.#refuseMissingOrChanged(id);
    }
  }

  async #refuseMissingOrChanged(id: string): Promise<never> {
    await this.read(id);
    return refuse('precondition_failed');
  }
}

function refuse(code: 'not_found' | 'precondition_failed'): never {
  throw new Problem(code);
}
