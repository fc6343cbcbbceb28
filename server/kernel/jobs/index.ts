/** Background jobs: queued in a transaction, run by graphile-worker. */
export { addJob, type Jobs, prepareJobs, startJobs, type Tasks } from './jobs.ts'
