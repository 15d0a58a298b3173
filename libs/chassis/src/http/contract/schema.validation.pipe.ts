import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { Problem, type ProblemBody } from '../problems/index.ts';

const mostErrors = 20;

interface Issue {
  message: string;
  path?: readonly unknown[] | undefined;
}

/** Nest's Standard Schema validation, answering with this API's problems: 422 for a body, 400 for a parameter. */
@Injectable()
export class SchemaValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, type } = metadata;
    if (type === 'custom') {
      return value;
    }
    if (schema === undefined) {
      // Unchecked input is a mistake in the service: it is refused rather than let through.
      throw new TypeError(`a handler takes its ${type} without a schema; give the decorator { schema }`);
    }
    const result = await this.validate<T>(value, schema);
    if (result.issues === undefined) {
      return result.value;
    }
    throw type === 'body'
      ? new Problem('validation_failed', { errors: errorsOf(result.issues, pointer) })
      : new Problem('invalid_parameter', { errors: errorsOf(result.issues, parameter) });
  }
}

type Place = (path: readonly string[]) => { pointer: string } | { parameter: string };

function errorsOf(issues: readonly Issue[], place: Place): ProblemBody['errors'] {
  return issues
    .flatMap(eachUnknownKey)
    .slice(0, mostErrors)
    .map(({ message, path = [] }) => ({ ...place(path.map(segmentText)), detail: message }));
}

/** Zod reports unknown keys all in one, at the object that has them; a caller looks for each at its own place. */
function eachUnknownKey(issue: Issue): Issue[] {
  const { code, keys } = issue as { code?: unknown; keys?: unknown };
  return code === 'unrecognized_keys' && Array.isArray(keys)
    ? keys.map((key: unknown) => ({ message: 'is not known here', path: [...(issue.path ?? []), key] }))
    : [issue];
}

/** RFC 6901. */
const pointer: Place = (path) => ({
  pointer: path.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
});

const parameter: Place = (path) => ({ parameter: path.join('.') });

function segmentText(segment: unknown): string {
  return String(typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment);
}
