import type { ApiResponseOptions } from '@nestjs/swagger';
import { problemCatalogue, type ProblemCode, problemMediaType } from '../problems/index.ts';

type OpenApiAnswer = ApiResponseOptions & { status: number; description: string };

/** Problems as documented answers: one per status, its codes listed in the description and as examples. */
export function problemAnswers(codes: readonly ProblemCode[]): OpenApiAnswer[] {
  const byStatus = Map.groupBy(codes, (code) => problemCatalogue[code].status);
  return [...byStatus].map(([status, group]) => ({
    status,
    description: group.map((code) => `\`${code}\`: ${problemCatalogue[code].title}`).join('; '),
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
