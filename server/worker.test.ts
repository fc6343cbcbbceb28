import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase } from '../test/support/database.ts'
import { openDatabase, openPool } from './kernel/db/index.ts'
import { fileStore } from './kernel/files/index.ts'
import { cleanFiles } from './worker.ts'

const directory = mkdtempSync(join(tmpdir(), 'kabinet-worker-'))
const files = fileStore(directory)
let clone: Awaited<ReturnType<typeof cloneDatabase>>
let pool: ReturnType<typeof openPool>
let db: ReturnType<typeof openDatabase>
beforeAll(async () => {
  clone = await cloneDatabase()
  pool = openPool(clone.address, 2, () => undefined)
  db = openDatabase(pool)
})
afterAll(async () => {
  await db.destroy()
  await clone.drop()
  rmSync(directory, { recursive: true, force: true })
})

async function putLongAgo(text: string): Promise<string> {
  const { sha256 } = await files.put(Buffer.from(text))
  const tenDaysAgo = new Date(Date.now() - 10 * 86_400_000)
  utimesSync(join(directory, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), tenDaysAgo, tenDaysAgo)
  return sha256
}

it('bytes that no row points at go once a day, whichever node looks; young ones stay', async () => {
  const first = await putLongAgo('the process was killed between the bytes and the row')
  const young = (await files.put(Buffer.from('an upload that is under way'))).sha256
  await cleanFiles(pool, db, files)
  expect(await files.find(first)).toBeUndefined()
  expect(await files.find(young)).toBeDefined()
  const second = await putLongAgo('left behind on the same day')
  await Promise.all([cleanFiles(pool, db, files), cleanFiles(pool, db, files)])
  expect(await files.find(second)).toBeDefined()
  await db
    .updateTable('rate_limits')
    .set({ resets_at: new Date(0) })
    .where('bucket', '=', 'files:cleaning')
    .execute()
  await cleanFiles(pool, db, files)
  expect(await files.find(second)).toBeUndefined()
})
