/** Every error the API can answer with: code → status and title. Stable: callers branch on the code. */
export const problemCatalogue = {
  malformed_request: { status: 400, title: 'The request is not valid HTTP' },
  malformed_body: { status: 400, title: 'The body is not valid JSON in UTF-8' },
  invalid_parameter: { status: 400, title: 'A path, query or header parameter is not valid' },
  unauthenticated: { status: 401, title: 'The API key is missing or not valid' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  request_timeout: { status: 408, title: 'The request arrived too slowly' },
  conflict: { status: 409, title: 'The request contradicts the state of the resource' },
  precondition_failed: { status: 412, title: 'The resource is not in the state that the precondition names' },
  body_too_large: { status: 413, title: 'The body is too large' },
  path_too_long: { status: 414, title: 'A path segment is too long' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported' },
  validation_failed: { status: 422, title: 'The body does not match the schema' },
  precondition_required: { status: 428, title: 'A precondition is required' },
  rate_limited: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  outcome_unknown: {
    status: 500,
    title: 'Whether the change was made is not known; read before you try again',
  },
  internal_error: { status: 500, title: 'The service failed' },
  overloaded: { status: 503, title: 'The service has too much to do' },
  database_unavailable: { status: 503, title: 'The database is not available' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCatalogue;
