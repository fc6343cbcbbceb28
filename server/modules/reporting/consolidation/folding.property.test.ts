/** Totals as folded bit by bit equal a naive recomputation after anything that may happen to reports. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { freshen } from './folding.ts'
import { layoutOf } from './layout.ts'
import { type CampaignOfPeriod, listCampaignsOf, listFormsWithCampaigns, type Selection } from './totals.queries.ts'
import { viewTotals } from './totals.ts'

let world: World
let campaign: CampaignOfPeriod
let reports: string[]
let cells: string[]
let higher: string[]
const everywhere = { everywhere: true, regions: [], subtrees: [], organisations: [] }

beforeAll(async () => {
  world = await openWorld()
  const forms = await listFormsWithCampaigns(world.db)
  const form = forms.find(({ cipher }) => cipher === '85-К')
  const newest = (await listCampaignsOf(world.db, form?.id ?? ''))[0]
  if (!newest) throw new Error('The stand has no campaign of 85-К')
  campaign = newest
  const given = await world.db.selectFrom('reports').select('id').where('campaign_id', '=', campaign.id).execute()
  reports = given.map(({ id }) => id)
  const { slots } = layoutOf(await formOfVersion(world.db, campaign.formVersionId))
  cells = slots.flatMap(({ address, computed, repeats }) => (computed || repeats ? [] : [address])).slice(0, 4)
  const above = await world.db.selectFrom('organisations').select('id').where('level', '=', 'municipality').execute()
  higher = above.map(({ id }) => id)
})

type Happening =
  | { what: 'send'; report: number; values: (string | null)[] }
  | { what: 'accept' | 'refuse'; report: number }
  | { what: 'move'; report: number; under: number }
  | { what: 'kind'; report: number; kind: 'preschool' | 'school' }
  | { what: 'read' }

const report = fc.nat(30)
const amount = fc.option(
  fc.tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`),
)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    what: fc.constant('send' as const),
    report,
    values: fc.array(amount, { minLength: 4, maxLength: 4 }),
  }),
  fc.record({ what: fc.constantFrom('accept' as const, 'refuse' as const), report }),
  fc.record({ what: fc.constant('move' as const), report, under: fc.nat(10) }),
  fc.record({
    what: fc.constant('kind' as const),
    report,
    kind: fc.constantFrom('preschool' as const, 'school' as const),
  }),
  fc.constant({ what: 'read' as const }),
)

const pick = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('Nothing to choose from')
  return found
}

async function happen(happening: Happening): Promise<void> {
  if (happening.what === 'read') {
    await freshen(world.db, [campaign.id])
    return
  }
  const id = pick(reports, happening.report)
  const setState = (state: string, extra = sql``) =>
    sql`update reports set state = ${state} ${extra} where id = ${id}`.execute(world.db)
  switch (happening.what) {
    case 'send': {
      const filled = happening.values.flatMap((value, index) => (value === null ? [] : [[pick(cells, index), value]]))
      await sql`
        insert into submissions (id, report_id, number, cells, content_hash)
        select gen_random_uuid(), ${id}::uuid, coalesce(max(number), 0) + 1,
          ${JSON.stringify(Object.fromEntries(filled))}::jsonb, repeat('0', 64)
        from submissions where report_id = ${id}`.execute(world.db)
      await setState('sent', sql`, sent_at = clock_timestamp()`)
      return
    }
    case 'accept':
      await sql`update reports set state = 'accepted' where id = ${id} and state = 'sent'`.execute(world.db)
      return
    case 'refuse':
      await sql`update reports set state = 'refused' where id = ${id} and state in ('sent', 'accepted')`.execute(
        world.db,
      )
      return
    case 'move': {
      const under = pick(higher, happening.under)
      await sql`
        update organisations o set parent_id = p.id, lineage = p.lineage || o.id, region_code = p.region_code
        from organisations p, reports r where r.id = ${id} and o.id = r.organisation_id and p.id = ${under}`.execute(
        world.db,
      )
      return
    }
    case 'kind':
      await sql`
        update organisations set kind = ${happening.kind}
        where id = (select organisation_id from reports where id = ${id})`.execute(world.db)
  }
}

/** Reads every counted report's newest submission and adds up in whole hundredths. */
async function naive({ territory, region, kind, states }: Selection): Promise<Record<string, bigint>> {
  const { rows } = await sql<{
    cells: Record<string, string>
    state: string
    lineage: string[]
    region: string
    kind: string
  }>`
    select (select cells from submissions s where s.report_id = r.id order by number desc limit 1) as cells,
      r.state, o.lineage, o.region_code as region, o.kind
    from reports r join organisations o on o.id = r.organisation_id
    where r.campaign_id = ${campaign.id}`.execute(world.db)
  const sums: Record<string, bigint> = {}
  for (const row of rows) {
    if (row.state !== 'accepted' && !(row.state === 'sent' && states === 'sent')) continue
    if (territory && !row.lineage.includes(territory)) continue
    if ((region && row.region !== region) || (kind && row.kind !== kind)) continue
    for (const cell of cells) {
      const value = row.cells?.[cell]
      if (value !== undefined) sums[cell] = (sums[cell] ?? 0n) + hundredths(value)
    }
  }
  return sums
}

function hundredths(value: string): bigint {
  const [whole = '0', part = ''] = value.replace('-', '').split('.')
  const size = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'))
  return value.startsWith('-') ? -size : size
}

describe('totals folded bit by bit', () => {
  it('equal a naive recomputation after any sequence of sendings, decisions and moves', async () => {
    const selections: Selection[] = [
      { scopes: everywhere, states: 'sent' },
      { scopes: everywhere, states: 'accepted' },
      { scopes: everywhere, states: 'sent', kind: 'preschool' },
      { scopes: everywhere, states: 'sent', territory: pick(higher, 0) },
      {
        scopes: { ...everywhere, everywhere: false, subtrees: [pick(higher, 1)] },
        states: 'sent',
        territory: pick(higher, 1),
      },
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 14 }), async (sequence) => {
        for (const each of sequence) await happen(each)
        expect((await freshen(world.db, [campaign.id])).reports).toBe(0)
        for (const selection of selections) {
          const view = await viewTotals(world.db, [campaign], selection)
          const expected = await naive(selection)
          for (const cell of cells)
            expect(view?.values[cell] === undefined ? undefined : hundredths(view.values[cell])).toBe(expected[cell])
        }
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})
