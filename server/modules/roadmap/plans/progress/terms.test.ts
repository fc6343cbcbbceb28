/** Reminders of terms: when they come, to whom, and how seldom. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../../test/support/world.ts'
import { remindOfMeasures } from './terms.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

/** Only two measures of region 00 are not done; the zone of both test regions is that of the capital. */
let ids: string[]
beforeEach(async () => {
  await world.db.deleteFrom('measure_reminders').execute()
  await world.db.deleteFrom('messages').where('kind', '=', 'measure.reminder').execute()
  await world.db.updateTable('measures').set({ done_on: '2025-01-15' }).execute()
  const rows = await world.db
    .selectFrom('measures')
    .select('id')
    .where('region_code', '=', '00')
    .orderBy('position')
    .limit(2)
    .execute()
  ids = rows.map(({ id }) => id)
  await world.db
    .updateTable('measures')
    .set({ done_on: null, cancelled_at: null, starts_on: null, due_on: '2026-06-24' })
    .where('id', 'in', ids)
    .execute()
})

/** A moment of a day in Moscow. */
const at = (day: string, time = '10:05') => remindOfMeasures(world.db, new Date(`${day}T${time}:00+03:00`))
const told = () =>
  world.db
    .selectFrom('messages')
    .innerJoin('accounts', 'accounts.id', 'messages.account_id')
    .select(['accounts.email', 'messages.title', 'messages.body', 'messages.href'])
    .where('kind', '=', 'measure.reminder')
    .orderBy('messages.id')
    .execute()
const operator = 'operator@svetlorechye.example'
const toOperator = async () => (await told()).filter(({ email }) => email === operator)

describe('a term of a measure', () => {
  it('is recalled once on each day of the plan, in one message that lists what is due', async () => {
    await at('2026-06-10')
    await at('2026-06-10', '11:05')
    const [first, ...more] = await toOperator()
    expect(more).toEqual([])
    expect(first?.title.replaceAll('\u00a0', ' ')).toBe('Скоро срок: 2 мероприятия')
    expect(first?.body.match(/24\.06\.2026/g)).toHaveLength(2)
    expect(first?.href).toContain('/plan?region=00')
    await at('2026-06-11')
    expect(await toOperator()).toHaveLength(1)
    for (const day of ['2026-06-22', '2026-06-23', '2026-06-25']) await at(day)
    const titles = (await toOperator()).map(({ title }) => title.replaceAll('\u00a0', ' '))
    expect(titles).toHaveLength(4)
    expect(titles.at(-1)).toBe('Просрочено: 2 мероприятия')
  })

  it('is recalled each week while it is overdue, and then no more', async () => {
    const days = [0, 1, 6, 7, 8, 14, 20, 21, 27, 28, 29, 35, 42, 49, 90].map((index) =>
      new Date(Date.UTC(2026, 5, 25 + index)).toISOString().slice(0, 10),
    )
    for (const day of days) await at(day)
    expect(await toOperator()).toHaveLength(5)
  })

  it('comes in working hours of a working day', async () => {
    await at('2026-06-10', '07:59')
    await at('2026-06-10', '18:01')
    // Russia Day and the days off after it.
    await at('2026-06-12')
    expect(await told()).toEqual([])
    await at('2026-06-10', '09:01')
    expect(await toOperator()).toHaveLength(1)
  })

  it('says nothing of what is done or cancelled, nor to people of another region', async () => {
    const [first = '', second = ''] = ids
    await world.db.updateTable('measures').set({ done_on: '2026-06-01' }).where('id', '=', first).execute()
    await world.db.updateTable('measures').set({ cancelled_at: new Date() }).where('id', '=', second).execute()
    await at('2026-06-10')
    expect(await told()).toEqual([])
    await world.db.updateTable('measures').set({ cancelled_at: null }).where('id', '=', second).execute()
    await at('2026-06-10')
    const everyone = await told()
    expect(everyone.map(({ email }) => email).sort()).toContain(operator)
    expect(everyone.every(({ email }) => !email?.startsWith('coordinator'))).toBe(true)
    expect(everyone[0]?.href).toBe(`/measures/${second}`)
  })

  it('is told by one of two nodes', async () => {
    await Promise.all([at('2026-06-10'), at('2026-06-10')])
    expect(await toOperator()).toHaveLength(1)
  })
})
