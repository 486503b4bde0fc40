import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { LiveGateway } from '../live/live.gateway.js';
import { JobQueues } from '../outbox/job-queues.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';

/** Times every request by its route's pattern, never by its address, which would make a series per record. */
export function measureRequests(fastify: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'haoban_http_seconds',
    help: 'Answer times by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  // Looking a series up by its labels costs more than counting in it, and there are as many as routes and outcomes.
  const series = new Map<string, ReturnType<typeof duration.labels>>();
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const key = `${method} ${reply.statusCode} ${route}`;
    const known = series.get(key) ?? duration.labels({ method, route, status: reply.statusCode });
    series.set(key, known);
    known.observe(reply.elapsedTime / 1000);
    done();
  });
}

export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Gauges that are read when Prometheus asks. */
@Injectable()
export class BacklogMetrics {
  constructor(registry: Registry, relay: OutboxRelay, queues: JobQueues, live: LiveGateway) {
    new Gauge({
      name: 'haoban_live_sockets',
      help: 'Open WebSockets of this process',
      registers: [registry],
      collect() {
        this.set(live.size);
      },
    });
    new Gauge({
      name: 'haoban_outbox_backlog',
      help: 'Outbox rows that are not dispatched yet',
      registers: [registry],
      async collect() {
        this.set(await relay.backlog());
      },
    });
    new Gauge({
      name: 'haoban_jobs',
      help: 'Jobs by queue and state; failed ones are dead and want a look',
      labelNames: ['queue', 'state'],
      registers: [registry],
      async collect() {
        for (const name of queues.names()) {
          const counts = await queues.queue(name).getJobCounts('waiting', 'delayed', 'active', 'failed');
          for (const [state, count] of Object.entries(counts)) this.set({ queue: name, state }, count);
        }
      },
    });
  }
}
