import { sql } from 'kysely'
import type { HistoryQuery } from '../../../../contracts/history.ts'
import type { ChangeSource } from '../../../../contracts/reporting.ts'
import type { Db } from '../../../kernel/db/index.ts'

export type HistoryRow = {
  number: number
  at: Date
  source: ChangeSource
  reason: string | null
  surname: string | null
  name: string | null
  patronymic: string | null
  cell: string
  from: string | null
  to: string | null
  /** Of all pages. */
  total: number
}

export type HistoryFilter = Omit<HistoryQuery, 'page'> & { zone: string }

/** A line for each changed cell, the newest first. */
export async function listHistory(
  db: Db,
  reportId: string,
  { person, section, from, to, since, zone }: HistoryFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select h.number, h.at, h.source, h.reason, a.surname, a.name, a.patronymic,
      changed.cell, changed.was as "from", changed.became as "to", count(*) over ()::int as total
    from report_changes h
    cross join unnest(h.cells, h.old_values, h.new_values) with ordinality as changed (cell, was, became, place)
    left join accounts a on a.id = h.by
    where h.report_id = ${reportId}
      and (${person ?? null}::uuid is null or h.by = ${person ?? null}::uuid)
      and (${since ?? null}::int is null or h.number > ${since ?? null}::int)
      and (${from ?? null}::date is null or h.at >= (${from ?? null}::date)::timestamp at time zone ${zone})
      and (${to ?? null}::date is null or h.at < (${to ?? null}::date + 1)::timestamp at time zone ${zone})
      and (${section ?? null}::text is null or starts_with(changed.cell, ${section ?? ''} || '/'))
    order by h.number desc, changed.place
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}

/** Everybody who has changed the report. */
export const listEditors = (db: Db, reportId: string) =>
  db
    .selectFrom('accounts as a')
    .select(['a.id', 'a.surname', 'a.name', 'a.patronymic'])
    .where('a.id', 'in', (from) => from.selectFrom('report_changes').select('by').where('report_id', '=', reportId))
    .orderBy('a.surname')
    .orderBy('a.name')
    .execute()
