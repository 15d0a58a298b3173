import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** All metrics of one service. Labels are bounded: route templates, and statuses, never paths or ids. */
export class Metrics {
  readonly registry = new Registry();

  /** RED in one: rate and errors by count and status, duration in seconds. */
  readonly requestDuration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests by method, route template and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: seconds,
    registers: [this.registry],
  });

  readonly requestsInFlight = new Gauge({
    name: 'http_server_active_requests',
    help: 'HTTP requests being served',
    registers: [this.registry],
  });

  readonly refusals = new Counter({
    name: 'http_server_refusals_total',
    help: 'Requests refused before they reached a handler, by problem code',
    labelNames: ['code'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
