const TIMEOUT_MS = 2000;
const SAMPLE = /^([A-Za-z_:][\w:]*)(\{[^}]*\})? (\S+)/gm;

/** Values by name and labels, as they are written: `db_client_sessions{state="CURRENT"}`. */
export type Metrics = ReadonlyMap<string, number>;

/** One scrape of the service; empty when it doesn't answer, as metrics that it hasn't are unknown, too. */
export async function readMetrics(managementUrl: string): Promise<Metrics> {
  try {
    const answer = await fetch(`${managementUrl}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return answer.ok ? parseMetrics(await answer.text()) : new Map();
  } catch {
    return new Map();
  }
}

/** Reads the text format of Prometheus. */
export function parseMetrics(text: string): Metrics {
  const samples = Array.from(text.matchAll(SAMPLE), ([, name = '', labels = '', value = '']) => {
    return [`${name}${labels}`, Number(value)] as const;
  });
  return new Map(samples);
}

/** Values of a metric by one of its labels, those that are 0 left out; undefined when there is no such metric. */
export function byLabel(metrics: Metrics, name: string, label: string): Map<string, number> | undefined {
  const pattern = new RegExp(`^${name}\\{.*${label}="([^"]*)"`);
  const found = Array.from(metrics, ([key, value]) => [pattern.exec(key)?.[1], value] as const).filter(
    (entry): entry is [string, number] => entry[0] !== undefined,
  );
  return found.length > 0 ? new Map(found.filter(([, value]) => value !== 0)) : undefined;
}
