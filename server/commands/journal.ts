import { counted } from '../../web/kit/text.ts'
import { type Db, schemaHead } from '../kernel/db/index.ts'
import { verifyJournal } from '../kernel/journal/index.ts'
import { withDatabase } from '../kernel/postgres/with-database.ts'
import { readSettings } from '../kernel/settings.ts'

const usage = `Журнал действий.

  bin/journal verify   проверить, что ни одна запись не изменена, не удалена и не вставлена

Программу останавливать не нужно. Код завершения: 0 — журнал цел, 1 — нарушен, 2 — команда записана неверно.`

/** Returns the exit code: 0 the journal is intact, 1 it is not, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== 'verify') {
    console.error(usage)
    return 2
  }
  return withDatabase(readSettings(process.env), 'проверка журнала', async (db) => {
    if (!(await isPrepared(db))) {
      console.error('Журнала нет: база пуста. Проверьте DATA_DIR и DATABASE_URL.')
      return 1
    }
    const verdict = await verifyJournal(db)
    if (verdict.intact) {
      console.log(`Журнал цел: ${counted(verdict.length, ['запись', 'записи', 'записей'])}.`)
      // Kept elsewhere, it shows later whether the whole journal was replaced by another that is consistent in itself.
      console.log(`Отпечаток последней записи: ${verdict.hash}`)
      return 0
    }
    console.error(`Журнал нарушен у записи ${verdict.row}: ${verdict.problem}.`)
    return 1
  })
}

const undefinedTable = '42P01'

async function isPrepared(db: Db): Promise<boolean> {
  try {
    return (await schemaHead(db)) > 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === undefinedTable) return false
    throw error
  }
}
