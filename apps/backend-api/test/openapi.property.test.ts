import {
  AnswerChecker,
  type ApiDocument,
  documentFaults,
  driveApi,
  fetchDocument,
  operationsOf,
  startTestService,
  type TestService,
} from '@secure-backend/chassis/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';

const leastRuns = 500;
const runsPerOperation = 50;

describe('the OpenAPI document', () => {
  let service: TestService;
  let document: ApiDocument;

  beforeAll(async () => {
    service = await startTestService(backendApi);
    document = await fetchDocument(service);
  });
  afterAll(() => service.stop());

  it('is valid and complete', async () => {
    expect(await documentFaults(document)).toEqual([]);
  });

  it('promises what the service answers, whatever it is sent', async () => {
    const runs = Math.max(leastRuns, runsPerOperation * operationsOf(document).length);
    const tally = await driveApi(service, runs);
    for (const [operation, statuses] of Object.entries(tally)) {
      const seen = Object.keys(statuses).map(Number);
      expect(
        seen.some((status) => status < 300),
        `${operation} never succeeded: ${seen.join()}`,
      ).toBe(true);
      expect(
        seen.some((status) => status >= 400),
        `${operation} never refused: ${seen.join()}`,
      ).toBe(true);
    }
  });

  it('would be caught promising something else', async () => {
    const list = operationsOf(document).find(({ operationId }) => operationId === 'listWorkItems');
    const response = await fetch(`${service.url}/v1/work-items`, {
      headers: { 'x-api-key': service.apiKey },
    });
    const answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
    const faultsOf = (changed: object) =>
      new AnswerChecker(document).faultsOf(list!, { ...answer, ...changed });
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ status: 418 })).toHaveLength(1);
    expect(faultsOf({ headers: { 'content-type': 'text/html' } })).toHaveLength(1);
    expect(faultsOf({ body: '{"items":[{}],"nextCursor":null}' })).toHaveLength(1);
  });
});
