import { FIRST_CALLER } from '../credentials/index.ts';
import type { DatabaseRotation } from './database.rotation.ts';
import type { RequestTraffic } from './request.traffic.ts';
import { milliseconds } from './rotation.display.ts';

/** `generation 3 → 4 in 0.21 s` */
export function databaseSummary(rotations: readonly DatabaseRotation[]): string {
  const slowest = Math.max(...rotations.map(({ seconds }) => seconds)).toFixed(2);
  const change = `generation ${rotations[0]?.from} → ${rotations.at(-1)?.to}`;
  return rotations.length === 1
    ? `${change} in ${slowest} s`
    : `${change} in ${rotations.length} rotations of at most ${slowest} s`;
}

export function keySummary(seconds: number): string {
  return `key of ${FIRST_CALLER} changed in ${seconds.toFixed(2)} s`;
}

/** `12,345 requests, 0 failed, p99 12 ms` */
export function trafficSummary(traffic: Pick<RequestTraffic, 'total' | 'failures'>): string {
  const { requests, failed, p99 } = traffic.total();
  const why = failed > 0 ? ` (${traffic.failures()})` : '';
  return `${requests.toLocaleString('en-US')} requests, ${failed.toLocaleString('en-US')} failed${why}, p99 ${milliseconds(p99)}`;
}
