import { sql } from 'kysely'
import { type Db, randomUUIDv7, transaction } from '../server/kernel/db/index.ts'
import { countChanged, sumBlocks } from '../server/modules/reporting/consolidation/folding.queries.ts'
import { foldBatch, foldReport } from '../server/modules/reporting/consolidation/folding.ts'
import { layoutOf } from '../server/modules/reporting/consolidation/layout.ts'
import {
  type CampaignOfPeriod,
  listCampaignsOf,
  type Selection,
} from '../server/modules/reporting/consolidation/totals.queries.ts'
import { viewTotals } from '../server/modules/reporting/consolidation/totals.ts'
import { formOfVersion } from '../server/modules/reporting/reports/sheets.ts'
import { inTurns, type Measurement, median } from './measure.ts'
import type { BenchStand } from './stand.ts'

const higherOnes = 2_500
const below = 24
const sections = 5
const rows = 10
const columns = 10
const everywhere = { everywhere: true, regions: [], subtrees: [], organisations: [] }

/**
 * The totals of a form of 500 cells over 60,000 organisations (30 million values), and one submission more in them,
 * against one bare aggregate over the same table.
 * @param share of the organisations, to try it out
 */
export async function benchConsolidation(stand: BenchStand, share = 1): Promise<Measurement[]> {
  const { db } = stand
  const campaign = await plantCampaign(db)
  const parents = Math.round(higherOnes * share)
  await plantReports(db, campaign, parents)
  const selection: Selection = { scopes: everywhere, states: 'sent' }
  const ours = async () => {
    await countChanged(db, [campaign.id])
    const view = await viewTotals(db, [campaign], selection)
    if (view?.reports !== parents * below) throw new Error(`consolidation: ${view?.reports} reports`)
  }
  const bare = async () => {
    await sql`
      select place, sum(figure), count(figure) from report_figures, unnest(figures) with ordinality as u (figure, place)
      where campaign_id = ${campaign.id} group by place`.execute(db)
  }
  const times = await inTurns(3, 1, ours, bare)
  const refresh = await refreshTimes(db, campaign)
  const first = await firstFold(db, campaign)
  const { rows: sizes } = await sql<{ figures: number; blocks: number }>`
    select pg_total_relation_size('report_figures') / 1048576 as figures,
      pg_total_relation_size('total_block_sums') / 1048576 as blocks`.execute(db)
  console.log({
    reports: parents * below,
    'figures, MB': sizes[0]?.figures,
    'block totals, MB': sizes[0]?.blocks,
    'process, MB': Math.round(process.memoryUsage().rss / 1_048_576),
    'refresh, worst, ms': Math.round(Math.max(...refresh)),
    'look for changes, ms': Math.round(await timeOf(() => countChanged(db, [campaign.id]))),
    'first fold, s': Math.round(first.seconds),
    'first fold, peak of the process, MB': first.megabytes,
  })
  return [
    {
      name: `totals of 500 cells over ${parents * below} reports`,
      unit: 'ms',
      ours: times.ours,
      baseline: times.baseline,
      ratio: times.baseline / times.ours,
      aim: '≥ 0.67, that is ≤ 1.5× one bare aggregate on the same table',
    },
    {
      name: 'totals after one submission',
      unit: 'ms',
      ours: median(refresh),
      baseline: 50,
      ratio: 50 / median(refresh),
      aim: '≥ 1, that is below 50 ms',
    },
  ]
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await act()
  return performance.now() - started
}

/** The whole campaign, sent before anybody has asked for its totals, as the worker folds it. */
async function firstFold(db: Db, { id }: CampaignOfPeriod): Promise<{ seconds: number; megabytes: number }> {
  await sql`delete from total_blocks where campaign_id = ${id}`.execute(db)
  await sql`
    insert into submissions (id, report_id, number, cells, content_hash)
    select gen_random_uuid(), r.id, 2, ${JSON.stringify(cells())}::jsonb, repeat('0', 64)
    from reports r where r.campaign_id = ${id}`.execute(db)
  await sql`
    insert into total_changes (campaign_id, report_id) select campaign_id, id from reports where campaign_id = ${id}`.execute(
    db,
  )
  await sql`analyze`.execute(db)
  let megabytes = 0
  const time = await timeOf(async () => {
    while ((await foldBatch(db, id)) > 0)
      megabytes = Math.max(megabytes, Math.round(process.memoryUsage().rss / 1_048_576))
  })
  return { seconds: time / 1000, megabytes }
}

/** One report after another is sent anew; each time it is put into the totals. */
async function refreshTimes(db: Db, campaign: CampaignOfPeriod): Promise<number[]> {
  const { rows: some } = await sql<{ id: string }>`
    select id from reports where campaign_id = ${campaign.id} order by md5(id::text) limit 30`.execute(db)
  await sql`
    insert into submissions (id, report_id, number, cells, content_hash)
    select gen_random_uuid(), id, 1, ${JSON.stringify(cells())}::jsonb, repeat('0', 64)
    from reports where id = any(${some.map(({ id }) => id)}::uuid[])`.execute(db)
  const times: number[] = []
  for (const { id } of some) {
    await sql`update reports set sent_at = clock_timestamp() where id = ${id}`.execute(db)
    const started = performance.now()
    await transaction({ db }, (tx) => foldReport(tx, id))
    times.push(performance.now() - started)
  }
  if ((await countChanged(db, [campaign.id])) > 0) throw new Error('consolidation: not all is folded')
  return times.slice(5)
}

function cells(): Record<string, string> {
  const cells: Record<string, string> = {}
  for (let section = 1; section <= sections; section += 1)
    for (let row = 1; row <= rows; row += 1)
      for (let column = 3; column < 3 + columns; column += 1)
        cells[`${section}/${row}/${column}`] = String((row * column * 37) % 100_000)
  return cells
}

async function plantCampaign(db: Db): Promise<CampaignOfPeriod> {
  const [formId, versionId, campaignId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  await sql`
    insert into forms (id, code, okud, cipher, name, periodicity)
    values (${formId}, 'consolidated', '9999998', 'consolidated', 'Форма свода', '1')`.execute(db)
  const { rows: model } = await sql<{ template: object }>`select template from form_versions limit 1`.execute(db)
  await sql`
    insert into form_versions (id, form_id, number, template, source_xml)
    values (${versionId}, ${formId}, 1, ${JSON.stringify({ ...model[0]?.template, ...template() })}::jsonb, '')`.execute(
    db,
  )
  await sql`
    insert into campaigns (id, form_version_id, year, title, deadline, audience)
    values (${campaignId}, ${versionId}, 2026, '2026 год', now(), '{}')`.execute(db)
  await sql`insert into consolidated_campaigns (campaign_id) values (${campaignId})`.execute(db)
  const [campaign] = await listCampaignsOf(db, formId)
  if (!campaign) throw new Error('consolidation: no campaign')
  const { width } = layoutOf(await formOfVersion(db, versionId))
  if (width !== sections * rows * columns) throw new Error(`consolidation: ${width} cells`)
  return campaign
}

/** Higher organisations, those below, reports that are sent, and their figures, all made inside the database. */
async function plantReports(db: Db, { id: campaignId }: CampaignOfPeriod, parents: number): Promise<void> {
  await sql`
    insert into organisations (id, parent_id, lineage, level, short_name, full_name, inn, ogrn, region_code, kind,
      legal_form, address)
    select id, null, array[id], 'municipality', 'Район ' || n, 'Район ' || n, 'r' || n, '', region, 'authority',
      'municipal', ''
    from (select n, gen_random_uuid() as id, (select min(code) from regions) as region
      from generate_series(1, ${parents}::int) as n) as given`.execute(db)
  await sql`
    insert into organisations (id, parent_id, lineage, level, short_name, full_name, inn, ogrn, region_code, kind,
      legal_form, address)
    select given.id, p.id, array[p.id, given.id], 'institution', 'Сад ' || given.n, 'Сад ' || given.n,
      p.inn || '-' || given.n, '', p.region_code, 'other', 'municipal', ''
    from organisations p, lateral (
      select n, gen_random_uuid() as id from generate_series(1, ${below}::int) as n where p.inn is not null
    ) as given
    where p.inn like 'r%'`.execute(db)
  await sql`
    insert into reports (id, campaign_id, organisation_id, state, sent_at)
    select gen_random_uuid(), ${campaignId}::uuid, id, 'sent', now() from organisations where inn like 'r%-%'`.execute(
    db,
  )
  await sql`
    insert into total_blocks (id, campaign_id, parent_id, region_code, kind)
    select gen_random_uuid(), ${campaignId}::uuid, id, region_code, 'other' from organisations
    where inn like 'r%' and inn not like '%-%'`.execute(db)
  await sql`analyze`.execute(db)
  const { rows: blocks } = await sql<{ id: string }>`
    select id from total_blocks where campaign_id = ${campaignId}`.execute(db)
  for (let from = 0; from < blocks.length; from += 50) {
    const some = blocks.slice(from, from + 50).map(({ id }) => id)
    await sql`
      insert into report_figures (report_id, campaign_id, block_id, state, sent_at, figures)
      select r.id, r.campaign_id, b.id, 'sent', r.sent_at,
        array(select ((hashtext(r.id::text) % 1000 + 1000) * n % 100000)::numeric from generate_series(1, ${sections * rows * columns}) as n)
      from total_blocks b
      join organisations o on o.parent_id = b.parent_id
      join reports r on r.organisation_id = o.id and r.campaign_id = b.campaign_id
      where b.id = any(${some}::uuid[])`.execute(db)
    await transaction({ db }, (tx) => sumBlocks(tx, some, false))
  }
  await sql`delete from total_changes where campaign_id = ${campaignId}`.execute(db)
  await sql`analyze`.execute(db)
}

function template(): object {
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
  return {
    code: 'consolidated',
    cipher: 'consolidated',
    controls: [],
    dictionaries: [],
    title: [],
    totals: [],
    sections: numbers(1, sections).map((section) => ({
      code: String(section),
      name: `Раздел ${section}`,
      number: String(section),
      columns: [
        { code: '1', name: 'Показатель', type: 'B', heading: [] },
        { code: '2', name: '№', type: 'V', heading: [] },
        ...numbers(3, columns).map((column) => ({
          code: String(column),
          name: `Графа ${column}`,
          type: 'Z',
          heading: [],
          cell: { column: String(column), inputType: 2, format: 'N(9,0)' },
        })),
      ],
      rows: numbers(1, rows).map((row) => ({
        code: String(row),
        name: `Строка ${row}`,
        type: 'F',
        level: 0,
        cells: [],
      })),
    })),
  }
}
