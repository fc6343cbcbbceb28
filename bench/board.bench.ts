/**
 * A campaign of sixty thousand reports: the supervisor's board over it and the regular look for reminders, against the
 * least that a board must read, one bare count of the reports by whoever stands above their organisations.
 */
import { sql } from 'kysely'
import type { Scopes } from '../server/kernel/access/index.ts'
import { type Db, transaction } from '../server/kernel/db/index.ts'
import { countByDay, countByDistrict, listBoardRows } from '../server/modules/reporting/board/board.queries.ts'
import { takeDueReminders } from '../server/modules/reporting/campaigns/reminders.queries.ts'
import { inTurns, type Measurement } from './measure.ts'
import { plantOrganisations } from './registry.bench.ts'
import type { BenchStand } from './stand.ts'

const zone = 'Europe/Moscow'
const everywhere: Scopes = { everywhere: true, regions: [], subtrees: [], organisations: [] }
/** A Thursday, noon in Moscow. */
const noon = new Date('2031-03-06T09:00:00Z')

export async function benchBoard({ db }: BenchStand): Promise<Measurement[]> {
  await plantOrganisations(db)
  const campaignId = await plantCampaign(db)
  const deadline = await setTerm(db, campaignId, '2031-06-20T18:00:00Z')
  const place = { campaignId, deadline, scopes: everywhere }
  const bare = async () => {
    await sql`select o.parent_id, r.state, count(*) from reports r join organisations o on o.id = r.organisation_id
      where r.campaign_id = ${campaignId} group by 1, 2`.execute(db)
  }
  const cases: [string, () => Promise<unknown>, string][] = [
    ['board, districts', () => countByDistrict(db, place), '≥ 0.3'],
    ['board, days', () => countByDay(db, place, zone), '≥ 0.3'],
    ['board, first page of reports', () => listBoardRows(db, place, { page: 1 }, { limit: 50, offset: 0 }), '≥ 0.3'],
    ['reminders, no day has come', () => look(db), '≥ 1'],
  ]
  const results: Measurement[] = []
  for (const [name, run, aim] of cases) results.push(await against(bare, name, run, aim))
  await setTerm(db, campaignId, '2031-03-20T18:00:00Z')
  await sql`insert into report_reminders (report_id, term, days_before)
    select r.id, c.deadline, 14 from reports r join campaigns c on c.id = r.campaign_id
    where c.id = ${campaignId} and r.state in ('draft', 'refused')`.execute(db)
  await sql`vacuum analyze`.execute(db)
  results.push(await against(bare, 'reminders, all told already', () => look(db), '≥ 0.3'))
  return results
}

async function against(
  bare: () => Promise<void>,
  name: string,
  run: () => Promise<unknown>,
  aim: string,
): Promise<Measurement> {
  const ours = async () => {
    await run()
  }
  const times = await inTurns(9, 2, ours, bare)
  return { name, unit: 'ms', ...times, ratio: times.baseline / times.ours, aim }
}

async function look(db: Db): Promise<void> {
  const { picked } = await transaction({ db }, (tx) => takeDueReminders(tx, noon, zone))
  if (picked > 0) throw new Error('Nothing was to be told')
}

export async function setTerm(db: Db, campaignId: string, deadline: string): Promise<Date> {
  await sql`update campaigns set deadline = ${deadline}::timestamptz, reminder_days = '{14}',
    opened_at = '2031-01-10T06:00:00Z' where id = ${campaignId}`.execute(db)
  return new Date(deadline)
}

/** A third is accepted, a third waits, some are refused, of the rest half is filled; a hundredth was extended. */
export async function plantCampaign(db: Db): Promise<string> {
  await sql`update campaigns set closed_at = now()`.execute(db)
  const { rows } = await sql<{ id: string }>`
    insert into campaigns (id, form_version_id, year, title, deadline, audience, opened_at)
    select uuidv7(), form_version_id, 2030, '2030 год', deadline, audience, now()
    from campaigns order by year desc limit 1 returning id`.execute(db)
  const id = rows[0]?.id ?? ''
  await sql`
    insert into reports (id, campaign_id, organisation_id, state, version, filled, total, errors, sent_at, accepted_at,
      refused_at, extended_to)
    select uuidv7(), ${id}, o.id, state, n % 7, n % 500, 500, n % 5,
      case when state <> 'draft' then '2031-02-01'::timestamptz + n % 20 * interval '1 day' end,
      case when state = 'accepted' then '2031-02-22'::timestamptz + n % 7 * interval '1 day' end,
      case when state = 'refused' then '2031-02-22'::timestamptz + n % 7 * interval '1 day' end,
      case when n % 100 = 0 then '2031-09-01'::timestamptz end
    from (select id, row_number() over (order by id) as n from organisations where region_code like 'R%' and level = 'institution') o,
      lateral (select (array['accepted', 'sent', 'draft', 'accepted', 'sent', 'draft', 'refused'])[1 + n % 7] as state) s`.execute(
    db,
  )
  await sql`
    insert into submissions (id, report_id, number, cells, content_hash, sent_at, outcome, decided_at)
    select uuidv7(), id, 1, '{}', repeat('0', 64), sent_at, case when state = 'sent' then null else state end,
      coalesce(accepted_at, refused_at)
    from reports where campaign_id = ${id} and state <> 'draft'`.execute(db)
  await sql`
    insert into report_comments (id, report_id, at, kind, text)
    select uuidv7(), id, refused_at, 'refusal', 'Проверьте раздел 4' from reports
    where campaign_id = ${id} and state = 'refused'`.execute(db)
  await sql`vacuum analyze`.execute(db)
  return id
}
