import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { WireAnswer } from '../expect.problem.ts';
import type { ApiDocument, Operation } from './api.document.ts';

const documentId = 'openapi.json';

/** Holds answers against what the document promises. */
export class AnswerChecker {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(document: ApiDocument) {
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, documentId);
  }

  /** What is wrong with an answer; nothing when it is as documented. */
  faultsOf(operation: Operation, { status, headers, body }: WireAnswer): string[] {
    const documented = operation.responses[status];
    if (documented === undefined) {
      return [`${status} is not documented`];
    }
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    if (documented.content === undefined) {
      return text === '' ? [] : [`${status} has a body, which is not documented`];
    }
    if (!Object.hasOwn(documented.content, type)) {
      return [`${status} has the content type "${type}", which is not documented`];
    }
    return this.validate(
      ['paths', operation.path, operation.method, 'responses', String(status), 'content', type],
      text,
    );
  }

  /** @param place keys from the document's root to a media type object */
  validate(place: readonly string[], text: string): string[] {
    const validate = this.#schemaAt(place);
    return validate(JSON.parse(text)) ? [] : [this.#ajv.errorsText(validate.errors)];
  }

  #schemaAt(place: readonly string[]): ValidateFunction {
    const pointer = [...place, 'schema']
      .map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = this.#ajv.getSchema(`${documentId}#/${pointer}`);
    if (validate === undefined) {
      throw new Error(`the document has no schema at ${pointer}`);
    }
    return validate;
  }
}
