import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import type { WireAnswer } from '../expect.problem.ts';
import { AnswerChecker } from './answer.checker.ts';
import { type ApiDocument, fetchDocument, operationsOf } from './api.document.ts';
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
    { numRuns: runs, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
  );
  return driver.tally;
}

class ApiDriver {
  readonly tally: Tally;
  readonly #checker: AnswerChecker;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** Resources that are there: id → ETag. */
  readonly #known = new Map<string, string>();

  constructor(
    private readonly service: DrivenService,
    document: ApiDocument,
  ) {
    this.#checker = new AnswerChecker(document);
    this.tally = Object.fromEntries(operationsOf(document).map(({ operationId = '' }) => [operationId, {}]));
  }

  async run(generated: GeneratedRequest): Promise<void> {
    const answer = await this.#send(generated);
    const { operation } = generated;
    const statuses = (this.tally[operation.operationId ?? ''] ??= {});
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    const faults = this.#checker.faultsOf(operation, answer);
    if (answer.status >= 500 || faults.length > 0) {
      throw new Error(
        `${operation.operationId}: ${faults.join('; ') || 'failed'}: ${JSON.stringify(answer)}`,
      );
    }
    this.#remember(generated, answer);
  }

  async #send({
    operation,
    id,
    preconditions,
    query,
    contentType,
    body,
    hasKey,
  }: GeneratedRequest): Promise<WireAnswer> {
    const chosen = this.#choose(id);
    const etag = this.#known.get(chosen) ?? '"gone"';
    const path = operation.path.replace(/\{\w+\}/, chosen);
    const headers = {
      ...Object.fromEntries(
        Object.entries(preconditions).map(([name, value]) => [name, (value ?? '').replace('known', etag)]),
      ),
      ...(contentType !== null && { 'content-type': contentType }),
      ...(hasKey && { 'x-api-key': this.service.apiKey }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>();
    const { agent, method } = { agent: this.#agent, method: operation.method.toUpperCase() };
    // node:http sends the path as it is; fetch would mend it.
    const sent = request(
      this.service.url,
      { agent, method, path: `${path}?${query}`, headers },
      (response) => {
        const { statusCode: status = 0, headers: received } = response;
        text(response).then((content) => resolve({ status, headers: received, body: content }), reject);
      },
    );
    sent.on('error', reject).end(body ?? undefined);
    return promise;
  }

  #choose(id: number | string): string {
    return typeof id === 'string' ? id : ([...this.#known.keys()][id % this.#known.size] ?? String(id));
  }

  #remember({ id }: GeneratedRequest, { status, headers, body }: WireAnswer): void {
    const { etag } = headers;
    if (status === 204) {
      this.#known.delete(this.#choose(id));
    } else if (status < 300 && typeof etag === 'string') {
      this.#known.set((JSON.parse(String(body)) as { id: string }).id, etag);
    }
  }
}
