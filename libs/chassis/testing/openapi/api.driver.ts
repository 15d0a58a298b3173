import { Agent } from 'node:http';
import * as fc from 'fast-check';
import type { WireAnswer } from '../expect.problem.ts';
import { AnswerChecker } from './answer.checker.ts';
import { type ApiDocument, fetchDocument, type Operation, operationsOf } from './api.document.ts';
import { sendExactly } from './exact.request.ts';
import { type GeneratedRequest, requests } from './request.arbitrary.ts';

export interface DrivenService {
  url: string;
  apiKey: string;
}

/** Statuses that each operation answered with, and how often. */
export type Tally = Record<string, Record<number, number>>;

/**
 * Drives every operation of the served document with generated requests. No answer may be a 5xx or anything that the
 * document doesn't promise; a failure shows the smallest such request and the seed that leads to it.
 */
export async function driveApi(service: DrivenService, runs: number): Promise<Tally> {
  const document = await fetchDocument(service);
  const driver = new ApiDriver(service, document);
  await fc.assert(
    fc.asyncProperty(requests(document), (generated) => driver.run(generated)),
    {
      numRuns: runs,
      includeErrorInReport: true,
      interruptAfterTimeLimit: 60_000,
      markInterruptAsFailure: true,
    },
  );
  return driver.tally;
}

class ApiDriver {
  readonly tally: Tally = {};
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #checker: AnswerChecker;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** Resources that are there, by collection: id → ETag. */
  readonly #known = new Map<string, Map<string, string>>();

  constructor(
    private readonly service: DrivenService,
    document: ApiDocument,
  ) {
    this.#checker = new AnswerChecker(document);
    this.#operations = new Map(
      operationsOf(document).map((operation) => [operation.operationId ?? '', operation]),
    );
    for (const operationId of this.#operations.keys()) {
      this.tally[operationId] = {};
    }
  }

  async run(generated: GeneratedRequest): Promise<void> {
    const { operationId } = generated;
    const operation = this.#operations.get(operationId) as Operation;
    const known = this.#knownBeside(operation);
    const id = choose(known, generated.id);
    const answer = await this.#send(generated, operation, id);
    const statuses = (this.tally[operationId] ??= {});
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    const faults = this.#checker.faultsOf(operation, answer);
    if (answer.status >= 500 || faults.length > 0) {
      throw new Error(`${operationId}: ${faults.join('; ') || 'failed'}: ${JSON.stringify(answer)}`);
    }
    remember(known, id, answer);
  }

  #knownBeside({ path }: Operation): Map<string, string> {
    const collection = path.replace(/\/\{\w+\}$/, '');
    const known = this.#known.get(collection) ?? new Map<string, string>();
    this.#known.set(collection, known);
    return known;
  }

  #send(generated: GeneratedRequest, operation: Operation, id: string): Promise<WireAnswer> {
    const { method, path } = operation;
    const { preconditions, query, contentType, body, hasKey } = generated;
    const etag = this.#knownBeside(operation).get(id) ?? '"gone"';
    const headers = {
      ...Object.fromEntries(
        Object.entries(preconditions).map(([name, value = '']) => [name, value.replace('known', etag)]),
      ),
      ...(contentType !== null && { 'content-type': contentType }),
      ...(hasKey && { 'x-api-key': this.service.apiKey }),
    };
    const target = `${path.replace(/\{\w+\}/, () => id)}?${query}`;
    return sendExactly(
      this.service.url,
      { method: method.toUpperCase(), target, headers, body },
      this.#agent,
    );
  }
}

function choose(known: ReadonlyMap<string, string>, id: number | string): string {
  return typeof id === 'string' ? id : ([...known.keys()][id % known.size] ?? String(id));
}

function remember(known: Map<string, string>, id: string, { status, headers, body }: WireAnswer): void {
  if (status === 204) {
    known.delete(id);
  } else if (status < 300 && typeof headers['etag'] === 'string') {
    known.set((JSON.parse(String(body)) as { id: string }).id, headers['etag']);
  }
}
