/** Health and measurements for those who keep the program running. */
export { mountHealth } from './health.ts'
export { type Metrics, openMetrics } from './metrics.ts'
