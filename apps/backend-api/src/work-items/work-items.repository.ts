import { Injectable } from '@nestjs/common';
import { Database } from '@secure-backend/chassis/database';
import * as statements from './work-items.statements.ts';
import type {
  WorkItem,
  WorkItemDraft,
  WorkItemFilter,
  WorkItemPatch,
  WorkItemPosition,
} from './work-item.schema.ts';

const { filtersOf, valuesOf } = statements;

/** Versions a change may apply to; null means any. */
export type Versions = readonly string[] | null;

@Injectable()
export class WorkItemsRepository {
  constructor(private readonly database: Database) {}

  async insert(draft: WorkItemDraft): Promise<WorkItem> {
    const [item] = await this.database.query(statements.insert, valuesOf(draft));
    return item as WorkItem;
  }

  /** Undefined when the id is taken. */
  async insertOnce(id: string, draft: WorkItemDraft): Promise<WorkItem | undefined> {
    const [item] = await this.database.query(statements.insertOnce, [id, ...valuesOf(draft)]);
    return item;
  }

  async find(id: string): Promise<WorkItem | undefined> {
    const [item] = await this.database.query(statements.find, [id]);
    return item;
  }

  /** Newest first, after the position of the last item seen. */
  async list(filter: WorkItemFilter, after: WorkItemPosition | null, limit: number): Promise<WorkItem[]> {
    const [createdAt = null, id = null] = after ?? [];
    return this.database.query(statements.list, [createdAt, id, limit, ...filtersOf(filter)]);
  }

  /** Undefined when no such item has one of the versions. */
  async replace(id: string, draft: WorkItemDraft, versions: Versions): Promise<WorkItem | undefined> {
    const [item] = await this.database.query(statements.replace, [id, versions, ...valuesOf(draft)]);
    return item;
  }

  /** Undefined when no such item has one of the versions. */
  async patch(id: string, patch: WorkItemPatch, versions: Versions): Promise<WorkItem | undefined> {
    const values = [id, versions, Object.keys(patch), ...valuesOf(patch)];
    const [item] = await this.database.query(statements.patch, values);
    return item;
  }

  /** False when no such item has one of the versions. */
  async remove(id: string, versions: Versions): Promise<boolean> {
    const removed = await this.database.query(statements.remove, [id, versions]);
    return removed.length > 0;
  }
}
