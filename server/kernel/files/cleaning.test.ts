import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase } from '../../../test/support/database.ts'
import { type Db, openDatabase, openPool, transaction } from '../db/index.ts'
import { fileStore, recordFile, removeForgotten } from './index.ts'

const directory = mkdtempSync(join(tmpdir(), 'kabinet-cleaning-'))
const store = fileStore(directory)
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

let db: Db
let client: pg.Client
let drop: () => Promise<void>

beforeAll(async () => {
  const clone = await cloneDatabase()
  drop = clone.drop
  db = openDatabase(openPool(clone.address, 1, () => undefined))
  client = new pg.Client({ connectionString: clone.address })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await db.destroy()
  await drop()
  rmSync(directory, { recursive: true, force: true })
})

/** Puts a file as it was put so long ago. */
async function put(text: string, days: number) {
  const stored = await store.put(Buffer.from(text))
  const { sha256 } = stored
  utimesSync(join(directory, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), daysAgo(days), daysAgo(days))
  return stored
}

it('takes away what is old and nothing points at, and nothing else', async () => {
  const forgotten = await put('an upload that was broken off', 10)
  const known = await put('an upload with its row', 10)
  await transaction({ db }, (tx) => recordFile(tx, known, 'Приказ.pdf', null))
  const young = await put('an upload that is under way', 0.1)
  const again = await put('forgotten, and put again just now', 10)
  await store.put(Buffer.from('forgotten, and put again just now'))

  expect(await removeForgotten(client, store, daysAgo(7))).toBe(1)
  expect(await store.find(forgotten.sha256)).toBeUndefined()
  for (const { sha256 } of [known, young, again]) expect(await store.find(sha256)).toBeDefined()
})

it('knows the sources of letters as well, and every table that a room may add', async () => {
  const kept = await put('a row of another table', 10)
  await client.query('create table things_of_a_room (seal_sha256 text)')
  await client.query('insert into things_of_a_room values ($1), (null)', [kept.sha256])
  expect(await removeForgotten(client, store, daysAgo(7))).toBe(0)
  const { rows } = await client.query("select 1 from information_schema.columns where column_name = 'source_sha256'")
  expect(rows).toHaveLength(1)
})

it('refuses a database that is not the program’s', async () => {
  await put('something old', 10)
  await client.query('create schema elsewhere; alter schema public rename to away; create schema public')
  await expect(removeForgotten(client, store, daysAgo(7))).rejects.toThrow(RangeError)
})
