/**
 * Background jobs by graphile-worker. A job is a hint to look at a table, never the only record of what is to be done:
 * what a lost job leaves behind is found again by the regular look.
 */
import { type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Tx } from '../db/index.ts'
import { quietLogger } from './logger.ts'

export type Tasks = { [name: string]: (payload: unknown) => Promise<void> }
export type Jobs = { stop: () => Promise<void> }

export const prepareJobs = (pool: pg.Pool): Promise<void> => runMigrations({ pgPool: pool })

/** Queues a job in the transaction: it exists if and only if the transaction commits. */
export async function addJob(
  tx: Tx,
  task: string,
  payload: Record<string, unknown>,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${task}::text, ${JSON.stringify(payload)}::json, run_at => ${options.runAt ?? null}::timestamptz,
      max_attempts => 5, job_key => ${options.key ?? null}::text)`.execute(tx)
}

/** @param regularly the looks at the tables themselves, run every `everySeconds` and once at the start */
export function startJobs(
  pool: pg.Pool,
  tasks: Tasks,
  regularly: () => Promise<void>,
  onError: (error: unknown) => void,
): Jobs {
  let stopping = false
  let runner: Runner | undefined
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payload)]),
  )
  const keepRunning = async () => {
    while (!stopping) {
      try {
        runner = await run({
          pgPool: pool,
          taskList,
          concurrency: 2,
          pollInterval: 2000,
          noHandleSignals: true,
          noPreparedStatements: false,
          logger: quietLogger(onError),
        })
        if (stopping) await runner.stop()
        await runner.promise
      } catch (error) {
        if (!stopping) onError(error)
      }
      // The database may be restarting: it is looked for again, without haste.
      if (!stopping) await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
  const running = keepRunning()
  const look = () => void regularly().catch(onError)
  look()
  const timer = setInterval(look, 15_000)
  return {
    stop: async () => {
      stopping = true
      clearInterval(timer)
      await runner?.stop().catch(() => undefined)
      await running
    },
  }
}
