/**
 * Every field a log line may have, named after OpenTelemetry's semantic conventions, and its type. The logger drops all
 * others: what nobody listed here can't leak.
 */
const logFields = {
  'client.address': 'text',
  'database.generation': 'number',
  'database.generation.previous_state': 'text',
  'database.generation.state': 'text',
  'error.type': 'text',
  'exception.message': 'text',
  'exception.stacktrace': 'text',
  'exception.type': 'text',
  'http.request.method': 'text',
  'http.response.status_code': 'number',
  'http.route': 'text',
  // Seconds.
  'http.server.request.duration': 'number',
  // The caller that an API key belongs to.
  'peer.service': 'text',
  'process.signal': 'text',
  'secret.name': 'text',
  'secret.previous_state': 'text',
  'secret.problem': 'text',
  'secret.state': 'text',
  'server.address': 'text',
  'server.port': 'number',
  trace_id: 'text',
} as const;

export type LogFields = {
  [Name in keyof typeof logFields]: (typeof logFields)[Name] extends 'text' ? string : number;
};

const longestText = 4_096;

/** Keeps the listed fields and cuts long text, so that one line can't flood the log. */
export function onlyListedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(logFields, name)) {
      kept[name] = typeof value === 'string' ? value.slice(0, longestText) : value;
    }
  }
  return kept;
}
