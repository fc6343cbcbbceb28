import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { often, transaction } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('a statement marked as run often', () => {
  it('is planned once per connection and answers as before', () =>
    transaction(world, async (tx) => {
      const doubled = async (number: number) => {
        const { rows } = await sql<{ result: number }>`${often}select ${number}::int * 2 as result`.execute(tx)
        return rows[0]?.result
      }
      expect([await doubled(2), await doubled(21)]).toEqual([4, 42])
      const { rows } = await sql`select name from pg_prepared_statements where statement like '%* 2 as result'`.execute(
        tx,
      )
      expect(rows).toHaveLength(1)
    }))

  it('leaves its connection fit for others when it fails', async () => {
    const divided = (by: number) => sql<{ result: number }>`${often}select 6 / ${by}::int as result`.execute(world.db)
    await expect(divided(0)).rejects.toThrow('division by zero')
    expect((await divided(3)).rows).toEqual([{ result: 2 }])
  })
})
