/** The state of a measure, worked out by the program and by the database: always the same. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { countStates } from './measures.queries.ts'
import { type MeasureFacts, stateOf } from './states.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const going: MeasureFacts = {
  startsOn: '2026-03-01',
  dueOn: '2026-06-30',
  doneOn: null,
  cancelled: false,
  reported: false,
}

describe('the state of a measure', () => {
  it('follows from its dates and facts', () => {
    expect(stateOf(going, '2026-02-28')).toBe('planned')
    expect(stateOf({ ...going, reported: true }, '2026-02-28')).toBe('going')
    expect(stateOf(going, '2026-03-01')).toBe('going')
    expect(stateOf(going, '2026-06-30')).toBe('going')
    expect(stateOf(going, '2026-07-01')).toBe('overdue')
    expect(stateOf({ ...going, doneOn: '2026-06-30' }, '2026-07-01')).toBe('done')
    expect(stateOf({ ...going, doneOn: '2026-07-02' }, '2026-07-03')).toBe('done-late')
    expect(stateOf({ ...going, cancelled: true }, '2026-07-03')).toBe('cancelled')
  })

  it('is the same in SQL, for every measure of the stand and any day', async () => {
    const { rows } = await sql<MeasureFacts & { roadmap: string; region: string }>`
      select roadmap_id as roadmap, region_code as region, starts_on as "startsOn", due_on as "dueOn",
        done_on as "doneOn", cancelled_at is not null as cancelled, reported_at is not null as reported
      from measures where region_code is not null`.execute(world.db)
    expect(rows.length).toBeGreaterThan(2000)
    const roadmap = rows[0]?.roadmap ?? ''
    for (const today of ['2025-01-01', '2026-02-27', '2026-11-22', '2027-12-16']) {
      const counted = await countStates(world.db, roadmap, today)
      const expected = Map.groupBy(rows, (row) => `${row.region} ${stateOf(row, today)}`)
      expect(new Map(counted.map(({ region, state, count }) => [`${region} ${state}`, count]))).toEqual(
        new Map([...expected].map(([key, found]) => [key, found.length])),
      )
    }
  })
})
