import { z } from 'zod';
import { problemCatalogue, type ProblemCode } from './problem.catalogue.ts';

export const problemMediaType = 'application/problem+json';

const codes = Object.keys(problemCatalogue) as [ProblemCode, ...ProblemCode[]];

/** The body of every error, RFC 9457. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ format: 'uri', description: 'urn:problem-type: followed by the code' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(codes),
    detail: z.string().optional(),
    requestId: z.string().optional().meta({ description: 'Trace id; quote it when you report the problem' }),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional().meta({ description: 'JSON Pointer into the body' }),
          parameter: z.string().optional().meta({ description: 'Name of the parameter' }),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

export type ProblemBody = z.output<typeof problemSchema>;

export interface ProblemDetails {
  /** For the caller's eyes: says what to do, quotes nothing secret. */
  detail?: string;
  errors?: ProblemBody['errors'];
  /** Extra response headers, such as `retry-after` in whole seconds. */
  headers?: Readonly<Record<string, string>>;
}

/** An expected error: thrown anywhere, answered as its catalogue entry. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(problemCatalogue[code].title);
  }

  get status(): number {
    return problemCatalogue[this.code].status;
  }
}

/** Renders the body; `requestId` is left out for requests that never became one. */
export function problemBody(problem: Problem, requestId?: string): ProblemBody {
  const { detail, errors } = problem.details;
  const { status, title } = problemCatalogue[problem.code];
  return {
    type: `urn:problem-type:${problem.code}`,
    title,
    status,
    code: problem.code,
    ...(detail !== undefined && { detail }),
    ...(requestId !== undefined && { requestId }),
    ...(errors !== undefined && { errors }),
  };
}
