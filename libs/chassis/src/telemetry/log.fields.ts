/**
 * Every field a log line may have, named after OpenTelemetry's semantic conventions. The logger drops all others:
 * what nobody listed here can't leak. Types are what a line shows; units stand in the comment.
 */
export interface LogFields {
  'client.address': string;
  'credential.name': string;
  'database.generation': number;
  'db.response.status_code': string;
  'error.type': string;
  'exception.message': string;
  'exception.stacktrace': string;
  'exception.type': string;
  'http.request.method': string;
  'http.response.status_code': number;
  'http.route': string;
  /** Seconds. */
  'http.server.request.duration': number;
  /** The caller that an API key belongs to. */
  'peer.service': string;
  'process.signal': string;
  'server.address': string;
  'server.port': number;
  trace_id: string;
}

const fieldNames: { [Name in keyof LogFields]: true } = {
  'client.address': true,
  'credential.name': true,
  'database.generation': true,
  'db.response.status_code': true,
  'error.type': true,
  'exception.message': true,
  'exception.stacktrace': true,
  'exception.type': true,
  'http.request.method': true,
  'http.response.status_code': true,
  'http.route': true,
  'http.server.request.duration': true,
  'peer.service': true,
  'process.signal': true,
  'server.address': true,
  'server.port': true,
  trace_id: true,
};

/** Keeps the listed fields and cuts long text, so that one line can't flood the log. */
export function onlyListedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(fieldNames, name)) {
      kept[name] = typeof value === 'string' ? value.slice(0, longestText) : value;
    }
  }
  return kept;
}

const longestText = 4_096;
