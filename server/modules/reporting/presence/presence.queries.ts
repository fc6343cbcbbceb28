import { sql } from 'kysely'
import { presenceSeconds } from '../../../../contracts/common-work.ts'
import type { Presence } from '../../../../contracts/presence.ts'
import type { ReportState } from '../../../../contracts/reporting.ts'
import { type Db, often } from '../../../kernel/db/index.ts'

type Named = { surname: string; name: string; patronymic: string | null }
export type PresentRow = Named & { id: string; section: string; cell: string | null }

export type NewsRow = {
  version: number
  state: ReportState
  form: string
  organisationId: string
  region: string
  lineage: string[]
  cells: Record<string, string | null> | null
  by: Named[] | null
  people: PresentRow[] | null
  comments: number
}

const stillHere = sql.raw(`now() - interval '${2 * presenceSeconds} seconds'`)

/** Everything that a page which is open asks for every few seconds, in one statement that reads indexes only. */
export async function findNews(db: Db, id: string, since: number, accountId: string): Promise<NewsRow | undefined> {
  const { rows } = await sql<NewsRow>`${often}
    select r.version, r.state, c.form_version_id as form,
      o.id as "organisationId", o.region_code as region, o.lineage,
      (select json_object_agg(latest.cell, latest.value) from (
        select distinct on (changed.cell) changed.cell, changed.value
        from report_changes h, unnest(h.cells, h.new_values) as changed (cell, value)
        where h.report_id = r.id and h.number > ${since}
        order by changed.cell, h.number desc) as latest) as cells,
      (select json_agg(json_build_object('surname', a.surname, 'name', a.name, 'patronymic', a.patronymic))
        from accounts a where a.id in (
          select h.by from report_changes h
          where h.report_id = r.id and h.number > ${since} and h.by <> ${accountId}::uuid)) as by,
      (select json_agg(json_build_object('id', a.id, 'surname', a.surname, 'name', a.name, 'patronymic', a.patronymic,
          'section', p.section, 'cell', p.cell) order by a.surname, a.id)
        from report_presence p join accounts a on a.id = p.account_id
        where p.report_id = r.id and p.account_id <> ${accountId}::uuid and p.seen_at > ${stillHere}) as people,
      (select count(*)::int from report_comments m where m.report_id = r.id) as comments
    from reports r
    join campaigns c on c.id = r.campaign_id
    join organisations o on o.id = r.organisation_id
    where r.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Half a second is forgiven: clocks of pages are not exact. */
const leastApart = sql.raw(`interval '${presenceSeconds - 0.5} seconds'`)

/** However often it is called, a person's row is written every fifteen seconds at most. */
export async function putPresence(db: Db, reportId: string, accountId: string, { section, cell }: Presence) {
  await sql`
    insert into report_presence as p (report_id, account_id, section, cell)
    values (${reportId}, ${accountId}, ${section}, ${cell})
    on conflict (report_id, account_id) do update set section = excluded.section, cell = excluded.cell, seen_at = now()
    where p.seen_at < now() - ${leastApart}`.execute(db)
}

/** Who left without a word: their rows are worth nothing after half a minute. */
export const dropOldPresence = (db: Db) =>
  db.deleteFrom('report_presence').where('seen_at', '<', sql<Date>`now() - interval '1 hour'`).execute()

export const listPresent = async (db: Db, reportId: string, accountId: string): Promise<PresentRow[]> =>
  db
    .selectFrom('report_presence as p')
    .innerJoin('accounts as a', 'a.id', 'p.account_id')
    .select(['a.id', 'a.surname', 'a.name', 'a.patronymic', 'p.section', 'p.cell'])
    .where('p.report_id', '=', reportId)
    .where('p.account_id', '<>', accountId)
    .where('p.seen_at', '>', sql<Date>`${stillHere}`)
    .orderBy('a.surname')
    .execute()

export type VisitRow = {
  version: number
  visitedAt: Date
  /** Who has changed how many cells since, but oneself. */
  others: (Named & { cells: number })[]
}

/** The last time that the person had the report open, and what others have changed since. */
export async function findVisit(db: Db, reportId: string, accountId: string): Promise<VisitRow | undefined> {
  const { rows } = await sql<VisitRow & { others: VisitRow['others'] | null }>`
    select v.version, v.visited_at as "visitedAt",
      (select json_agg(json_build_object('surname', a.surname, 'name', a.name, 'patronymic', a.patronymic,
          'cells', counted.cells) order by counted.cells desc)
        from (select h.by, count(distinct changed)::int as cells
          from report_changes h, unnest(h.cells) as changed
          where h.report_id = v.report_id and h.number > v.version and h.by <> v.account_id
          group by h.by) as counted
        join accounts a on a.id = counted.by) as others
    from report_visits v where v.report_id = ${reportId} and v.account_id = ${accountId}`.execute(db)
  const [row] = rows
  return row && { ...row, others: row.others ?? [] }
}

/** The page was opened: what is news to the person begins anew, at most every fifteen seconds. */
export async function putVisit(db: Db, reportId: string, accountId: string, version: number): Promise<void> {
  await sql`
    insert into report_visits as v (report_id, account_id, version) values (${reportId}, ${accountId}, ${version})
    on conflict (report_id, account_id) do update set version = excluded.version, visited_at = now()
    where v.version <> excluded.version and v.visited_at < now() - ${leastApart}`.execute(db)
}

export async function putCommentsRead(db: Db, reportId: string, accountId: string): Promise<void> {
  await sql`
    insert into report_visits as v (report_id, account_id, version, comments_read_at)
    select id, ${accountId}, version, now() from reports where id = ${reportId}
    on conflict (report_id, account_id) do update set comments_read_at = now()`.execute(db)
}
