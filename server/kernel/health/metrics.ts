/** Measurements for Prometheus: counts and times by route pattern, never by address or person. */

import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = {
  count: (method: string, route: string, status: number, seconds: number) => void
  text: () => Promise<string>
  contentType: string
}

export function openMetrics(pool: pg.Pool, waitingLetters: () => Promise<number>): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'kabinet_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'kabinet_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'kabinet_database_connections',
    help: 'Open connections to the database',
    registers: [registry],
    collect() {
      this.set(pool.totalCount)
    },
  })
  new Gauge({
    name: 'kabinet_database_waiting',
    help: 'Calls that wait for a connection',
    registers: [registry],
    collect() {
      this.set(pool.waitingCount)
    },
  })
  new Gauge({
    name: 'kabinet_letters_waiting',
    help: 'Letters not yet sent',
    registers: [registry],
    async collect() {
      this.set(await waitingLetters())
    },
  })
  return {
    count: (method, route, status, time) => {
      requests.inc({ method, route, status: String(status) })
      seconds.observe({ method, route }, time)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
