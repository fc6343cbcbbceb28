/** Every rule of adding up, corrections, moved and ended organisations: folded totals equal a naive recomputation. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { deltasOf } from './consolidation.ts'
import { listCorrections } from './corrections.queries.ts'
import { freshen } from './folding.ts'
import { columnOf, forms, kinds, type PlantedForm, plantForm, type Rule, rowOf, rules, send } from './rules.fixture.ts'
import type { Selection } from './totals.queries.ts'
import { viewTotals } from './totals.ts'

let world: World
let form: PlantedForm
let higher: string[]
const everywhere = { everywhere: true, regions: [], subtrees: [], organisations: [] }

beforeAll(async () => {
  world = await openWorld()
  form = await plantForm(world.db)
  const above = await world.db.selectFrom('organisations').select('id').where('level', '=', 'municipality').execute()
  higher = above.map(({ id }) => id).slice(0, 2)
})

type Sent = { report: number; numbers: (number | null)[]; list: string | null; entries: [string, number][] }
type Happening =
  | ({ what: 'send' } & Sent)
  | { what: 'accept' | 'refuse' | 'return' | 'end'; report: number }
  | { what: 'move'; report: number; under: number }
  | { what: 'correct'; under: number; by: number }
  | { what: 'withdraw' | 'read' }

const report = fc.nat(23)
const whole = fc.integer({ min: -100_000, max: 100_000 })
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('send' as const),
      report,
      numbers: fc.array(fc.option(whole), { minLength: 6, maxLength: 6 }),
      list: fc.option(fc.constantFrom(...forms)),
      entries: fc.uniqueArray(fc.tuple(fc.constantFrom(...kinds), whole), { selector: ([kind]) => kind, maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom('accept', 'refuse', 'return', 'end'), report }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('move' as const), report, under: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('correct' as const), under: fc.nat(1), by: whole }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('withdraw' as const, 'read' as const) }) },
)

/** Hundredths as a stored decimal. */
const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2)

async function happen(happening: Happening): Promise<void> {
  const given = 'report' in happening ? form.reports[happening.report] : undefined
  const id = given?.id
  switch (happening.what) {
    case 'send': {
      if (!given) return
      const row = `1/${rowOf(given.version)}`
      const numbers = happening.numbers.flatMap((number, index) =>
        number === null ? [] : [[`${row}/${index + 3}`, decimal(number)]],
      )
      const entries = happening.entries.flatMap(([kind, number], index) => [
        [`2/201#${index + 1}/2`, kind],
        [`2/201#${index + 1}/3`, decimal(number)],
      ])
      const list = happening.list === null ? [] : [[`${row}/${columnOf.list}`, happening.list]]
      await send(world.db, given.id, Object.fromEntries([...numbers, ...entries, ...list]))
      return
    }
    case 'accept':
      await sql`update reports set state = 'accepted' where id = ${id} and state = 'sent'`.execute(world.db)
      return
    case 'refuse':
      await sql`update reports set state = 'refused' where id = ${id} and state = 'sent'`.execute(world.db)
      return
    case 'return':
      await sql`update reports set state = 'draft' where id = ${id} and state = 'accepted'`.execute(world.db)
      return
    case 'end':
      await sql`
        update organisations set closed_at = now(), state = 'liquidated', ended_on = now()::date, end_reason = ''
        where id = ${given?.organisation} and closed_at is null`.execute(world.db)
      return
    case 'move':
      await sql`
        update organisations o set parent_id = p.id, lineage = p.lineage || o.id, region_code = p.region_code
        from organisations p where o.id = ${given?.organisation} and p.id = ${higher[happening.under]}`.execute(
        world.db,
      )
      return
    case 'correct':
      await sql`
        insert into total_corrections
          (id, form_id, year, period_kind, period_number, organisation_id, cell, was, becomes, reason, by)
        select gen_random_uuid(), ${form.formId}, 2026, 1, 1, ${higher[happening.under]}, ${sumCell}, 0,
          ${decimal(happening.by)}::numeric, 'Проверка', (select id from accounts order by id limit 1)`.execute(
        world.db,
      )
      return
    case 'withdraw':
      await sql`
        update total_corrections set withdrawn_at = now(), withdrawn_by = by, withdrawn_reason = 'Проверка'
        where id = (select id from total_corrections where withdrawn_at is null order by id limit 1)`.execute(world.db)
      return
    case 'read':
      await freshen(
        world.db,
        form.campaigns.map(({ id: campaign }) => campaign),
      )
      return
    default:
      happening satisfies never
  }
}

const sumCell = `1/${rowOf(2)}/${columnOf.sum}`

type Naive = { rules: Record<Rule, number | undefined>; lists: Record<string, number>; kinds: Record<string, number> }

/** Reads every counted report's newest submission and does what the rule says, in whole hundredths. */
async function naive({ territory, states }: Selection): Promise<Naive> {
  const { rows } = await sql<{ id: string; cells: Record<string, string> }>`
    select r.id, (select cells from submissions s where s.report_id = r.id order by number desc limit 1) as cells
    from reports r join organisations o on o.id = r.organisation_id
    where r.id = any(${form.reports.map(({ id }) => id)}::uuid[])
      and r.state = any(${states === 'sent' ? ['sent', 'accepted'] : ['accepted']}::text[])
      and (${territory ?? null}::uuid is null or o.lineage @> array[${territory ?? null}::uuid])`.execute(world.db)
  const { rows: corrections } = await sql<{ by: number }>`
    select round(100 * (becomes - was))::int as by from total_corrections k join organisations o on o.id = k.organisation_id
    where k.form_id = ${form.formId} and withdrawn_at is null
      and (${territory ?? null}::uuid is null or o.lineage @> array[${territory ?? null}::uuid])`.execute(world.db)
  const lists: Record<string, number> = {}
  const byKind: Record<string, number> = {}
  const of = (rule: Rule) =>
    rows.flatMap(({ id, cells }) => {
      const version = form.reports.find((each) => each.id === id)?.version ?? 1
      const [value, weight] = [columnOf[rule], columnOf.sum].map((column) => cells[`1/${rowOf(version)}/${column}`])
      return value === undefined ? [] : [{ value: hundredths(value), weight: weight && hundredths(weight) }]
    })
  for (const { id, cells } of rows) {
    const version = form.reports.find((each) => each.id === id)?.version ?? 1
    const value = cells[`1/${rowOf(version)}/${columnOf.list}`]
    if (value) lists[value] = (lists[value] ?? 0) + 1
    for (const entry of [1, 2, 3]) {
      const kind = cells[`2/201#${entry}/2`]
      const number = cells[`2/201#${entry}/3`]
      if (kind && number) byKind[kind] = (byKind[kind] ?? 0) + hundredths(number)
    }
  }
  const add = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)
  const values = (rule: Rule) => of(rule).map(({ value }) => value)
  const weighed = of('weighted').flatMap(({ value, weight }) => (typeof weight === 'number' ? [{ value, weight }] : []))
  const weight = add(weighed.map((each) => each.weight))
  const some = (rule: Rule, act: (numbers: number[]) => number) =>
    values(rule).length === 0 ? undefined : act(values(rule))
  return {
    lists,
    kinds: byKind,
    rules: {
      sum:
        values('sum').length + corrections.length === 0
          ? undefined
          : add([...values('sum'), ...corrections.map(({ by }) => by)]),
      average: some('average', (numbers) => add(numbers) / numbers.length),
      weighted: weight === 0 ? undefined : add(weighed.map((each) => each.value * each.weight)) / weight,
      maximum: some('maximum', (numbers) => Math.max(...numbers)),
      minimum: some('minimum', (numbers) => Math.min(...numbers)),
      count: some('count', (numbers) => 100 * numbers.length),
      list: undefined,
    },
  }
}

const hundredths = (value: string): number => Math.round(100 * Number(value))

it('every rule gives what a naive recomputation gives, whatever has happened', async () => {
  const selections: Selection[] = [
    { scopes: everywhere, states: 'sent' },
    { scopes: everywhere, states: 'accepted' },
    { scopes: everywhere, states: 'sent', territory: higher[0] },
    {
      scopes: { ...everywhere, everywhere: false, subtrees: [higher[1] ?? ''] },
      states: 'accepted',
      territory: higher[1],
    },
  ]
  const campaigns = form.campaigns.map(({ id }) => id)
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 20 }), async (sequence) => {
      for (const each of sequence) await happen(each)
      expect((await freshen(world.db, campaigns)).reports).toBe(0)
      for (const selection of selections) {
        const corrections = await listCorrections(world.db, form.formId, { year: 2026, kind: 1, number: 1 }, selection)
        const view = await viewTotals(world.db, form.campaigns, selection, { deltas: deltasOf(corrections) })
        const expected = await naive(selection)
        for (const rule of rules.filter((each) => each !== 'list')) {
          const value = view?.values[`1/${rowOf(2)}/${columnOf[rule]}`]
          const wanted = expected.rules[rule]
          if (wanted === undefined) expect([undefined, '0'], rule).toContain(value)
          // An average is told to the hundredth.
          else expect(Math.abs(100 * Number(value) - wanted), rule).toBeLessThanOrEqual(0.5001)
        }
        const lists = view?.lists[`1/${rowOf(2)}/${columnOf.list}`] ?? []
        expect(Object.fromEntries(lists.map(({ value, reports }) => [value, reports]))).toEqual(expected.lists)
        const specifics = view?.specifics['2/201/3'] ?? []
        expect(
          Object.fromEntries(specifics.map(({ name, value }) => [name.replace('Вид ', ''), hundredths(value)])),
        ).toEqual(expected.kinds)
      }
    }),
    { numRuns: 30 },
  )
}, 180_000)
