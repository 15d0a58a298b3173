import type { ApiResponseOptions } from '@nestjs/swagger';
import { problemCatalogue, type ProblemCode, problemMediaType } from '../problems/index.ts';

/** What a problem's header says beyond its body. */
const answerHeaders: Readonly<Record<number, NonNullable<ApiResponseOptions['headers']>>> = {
  401: { 'WWW-Authenticate': { description: 'How to send a key', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } } },
  503: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } } },
};

type OpenApiAnswer = ApiResponseOptions & { status: number; description: string };

/** Problems as documented answers: one per status, its codes listed in the description and as examples. */
export function problemAnswers(codes: readonly ProblemCode[]): OpenApiAnswer[] {
  const byStatus = Map.groupBy(codes, (code) => problemCatalogue[code].status);
  return [...byStatus].map(([status, group]) => ({
    status,
    description: group.map((code) => `\`${code}\`: ${problemCatalogue[code].title}`).join('; '),
    ...(status in answerHeaders && { headers: answerHeaders[status] }),
    content: {
      [problemMediaType]: {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(
          group.map((code) => [
            code,
            { value: { type: `urn:problem-type:${code}`, ...problemCatalogue[code], code } },
          ]),
        ),
      },
    },
  }));
}
