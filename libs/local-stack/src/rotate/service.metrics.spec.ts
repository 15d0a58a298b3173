import { describe, expect, it } from 'vitest';
import { byLabel, parseMetrics, readMetrics } from './service.metrics.ts';

const TEXT = `# HELP db_client_generation Number of the current pool generation
# TYPE db_client_generation gauge
db_client_generation 4
db_client_sessions{state="CURRENT"} 10
db_client_sessions{state="DRAINING"} 0
db_client_sessions{pod="a",state="PREPARING"} 2
db_client_drain_seconds_sum 1.25e-2
db_client_lease_remaining_seconds NaN
`;

describe('the metrics of a service', () => {
  const metrics = parseMetrics(TEXT);

  it('are read by name and labels', () => {
    expect(metrics.get('db_client_generation')).toBe(4);
    expect(metrics.get('db_client_drain_seconds_sum')).toBe(0.0125);
    expect(metrics.get('db_client_sessions{state="CURRENT"}')).toBe(10);
    expect(metrics.get('db_client_lease_remaining_seconds')).toBeNaN();
    expect(metrics.size).toBe(6);
  });

  it('can be told by one label, without what is 0', () => {
    const counts = byLabel(metrics, 'db_client_sessions', 'state');
    expect(Object.fromEntries(counts ?? [])).toEqual({ CURRENT: 10, PREPARING: 2 });
  });

  it('are unknown when the service has none or does not answer', async () => {
    expect(byLabel(metrics, 'db_client_generation', 'state')).toBeUndefined();
    await expect(readMetrics('http://127.0.0.1:1')).resolves.toEqual(new Map());
  });
});
