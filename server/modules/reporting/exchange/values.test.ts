import { beforeAll, describe, expect, it } from 'vitest'
import { kindergartens85, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let own: { id: string; ogrn: string }
let foreign: { id: string; ogrn: string }

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  own = await organisation('Ромашка')
  foreign = await organisation('Рябинушка')
})

async function organisation(name: string) {
  const report = await reportOf(world, name)
  const row = await world.db
    .selectFrom('reports as r')
    .innerJoin('organisations as o', 'o.id', 'r.organisation_id')
    .select(['o.id', 'o.ogrn'])
    .where('r.id', '=', report)
    .executeTakeFirstOrThrow()
  return { id: row.id, ogrn: row.ogrn ?? '' }
}

const line = (organisation: string, cell: string, value: unknown, more = {}) =>
  JSON.stringify({ organisation, form: kindergartens85, period: '2026', cell, value, ...more })

async function send(lines: string[], headers: Record<string, string> = {}, person = 'dobronravova') {
  const reply = await as(person).fetch('/api/v1/values', {
    method: 'POST',
    body: lines.join('\n'),
    headers: { 'content-type': 'application/jsonl', 'idempotency-key': crypto.randomUUID(), ...headers },
  })
  const text = await reply.text()
  const outcomes = text.split('\n').flatMap((each) => (each ? [JSON.parse(each)] : []))
  return { status: reply.status, headers: reply.headers, outcomes, states: outcomes.map(({ state }) => state) }
}

const given = async (query: string, person = 'dobronravova') =>
  (await (await as(person).fetch(`/api/v1/values?${query}`)).text())
    .split('\n')
    .flatMap((text) => (text ? [JSON.parse(text)] : []))

describe('values in bulk', () => {
  it('are saved by line, each with what became of it, and change nothing the second time', async () => {
    const lines = [
      line(own.ogrn, '07/0701/05', 21),
      line(own.id, '7/701/6', '1 021,0'),
      line(own.ogrn, '7/701/3', '5'),
      line(own.ogrn, '7/701/7', 'много'),
      '{ это не JSON',
      line(foreign.ogrn, '7/701/5', 1),
      line(own.ogrn, '7/701/5', 1, { period: '2031' }),
      line(own.ogrn, '7/701/8', 3),
      line(own.ogrn, '7/701/8', 4),
    ]
    const first = await send(lines)
    expect(first.status).toBe(200)
    expect(first.states).toEqual([
      'saved',
      'saved',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
      'unchanged',
      'saved',
    ])
    expect(first.outcomes.map((outcome) => outcome.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    for (const { state, reason } of first.outcomes) if (state === 'refused') expect(reason).toMatch(/[а-яё]/)
    const again = await send(lines)
    expect(again.states.filter((state) => state === 'saved')).toEqual([])
    const stored = await given('form=0609506&period=2026')
    expect(stored).toContainEqual(expect.objectContaining({ cell: '7/701/6', value: '1021', organisation: own.id }))
    expect(stored.every(({ organisation: id }) => id === own.id)).toBe(true)
  })

  it('answer a repeated key with the first answer', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await send([line(own.ogrn, '7/703/5', 8)], key)
    const again = await send([line(own.ogrn, '7/703/5', 8)], key)
    expect(again.outcomes).toEqual(first.outcomes)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await send([line(own.ogrn, '7/703/5', 9)], key)).status).toBe(422)
  })

  it('are not put over what the sender did not know of', async () => {
    const cell = '7/703/8'
    const base = (value: unknown, known: unknown) => send([line(own.ogrn, cell, value, { base: known })])
    await send([line(own.ogrn, cell, null), line(own.ogrn, '7/703/10', null)])
    expect((await base(3, null)).states).toEqual(['saved'])
    const late = await base(4, null)
    expect(late.outcomes).toEqual([
      { line: 1, state: 'conflict', stands: '3', reason: expect.stringContaining('base') },
    ])
    const stored = async () => (await given('form=0609506&period=2026')).find((each) => each.cell === cell)?.value
    expect(await stored()).toBe('3')
    expect((await base(5, '3')).states).toEqual(['saved'])
    // The same once more is no conflict: what was to be entered stands there.
    expect((await base(5, '3')).states).toEqual(['unchanged'])
    expect((await base('', 5)).states).toEqual(['saved'])
    expect((await base(6, 5)).outcomes[0]).toMatchObject({ state: 'conflict', stands: null })
    const csv = [`${own.ogrn};0609506;2026;${cell};7;8`, `${own.ogrn};0609506;2026;7/703/10;7;`]
    expect((await send(csv, { 'content-type': 'text/csv' })).states).toEqual(['conflict', 'saved'])
  })

  it('with a base, are entered once by two at once; without one, the last stands', async () => {
    await send([line(own.ogrn, '7/703/9', null)])
    const both = await Promise.all([1, 2].map((value) => send([line(own.ogrn, '7/703/9', value, { base: null })])))
    expect(both.flatMap(({ states }) => states).toSorted()).toEqual(['conflict', 'saved'])
    expect((await send([line(own.ogrn, '7/703/9', 3)])).states).toEqual(['saved'])
  })

  it('come as CSV too, and go out as they came', async () => {
    const { states } = await send(
      [
        'organisation;form;period;cell;value',
        `${own.ogrn};0609506;2026;7/703/6;17`,
        `${own.ogrn};0609506;2026;title/okpo;"48;1"`,
      ],
      { 'content-type': 'text/csv' },
    )
    expect(states).toEqual(['saved', 'saved'])
    const reply = await as('dobronravova').fetch('/api/v1/values?format=csv&form=0609506&period=2026')
    expect(await reply.text()).toContain(`${own.id};0609506;2026;7/703/6;17`)
  })

  it('are not the supervisor’s to enter, and each sees its own organisations alone', async () => {
    expect((await send([line(own.ogrn, '7/703/7', 1)], {}, 'voznesensky')).status).toBe(403)
    const all = await given('form=0609506', 'voznesensky')
    expect(new Set(all.map(({ organisation: id }) => id)).size).toBeGreaterThan(1)
    expect(await given(`organisation=${foreign.id}`)).toEqual([])
    expect(await given('state=accepted&period=2019')).toEqual([])
    expect((await world.visitor().get('/values')).status).toBe(401)
  })
})
