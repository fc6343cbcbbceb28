import { sql } from 'kysely'
import type { ReportState } from '../../../../contracts/reporting.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'

export type ReportKey = { organisation: string; form: string; year: number; kind: number; number: number }
export type FoundReport = { place: number; id: string }

/** Reports by what a line calls them; `place` is that of the key in the list given. One that has no report is missing. */
export async function findReportsByKeys(db: Db, scopes: Scopes, keys: readonly ReportKey[]): Promise<FoundReport[]> {
  const isId = (text: string) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
  const { rows } = await sql<FoundReport>`
    select given.place::int as place, r.id
    from unnest(${keys.map(({ organisation }) => (isId(organisation) ? organisation : null))}::uuid[],
      ${keys.map(({ organisation }) => (isId(organisation) ? null : organisation))}::text[],
      ${keys.map(({ form }) => form)}::text[], ${keys.map(({ year }) => year)}::int[],
      ${keys.map(({ kind }) => kind)}::int[], ${keys.map(({ number }) => number)}::int[])
      with ordinality as given (id, ogrn, form, year, kind, number, place)
    join organisations o on o.id = given.id or o.ogrn = given.ogrn
    join reports r on r.organisation_id = o.id
    join campaigns c on c.id = r.campaign_id and c.year = given.year and c.period_kind = given.kind
      and c.period_number = given.number
    join form_versions v on v.id = c.form_version_id
    join forms f on f.id = v.form_id and f.code = given.form
    where ${withinScopes(scopes, 'o')} and o.closed_at is null`.execute(db)
  return rows
}

export type ValuesFilter = {
  form?: string | undefined
  period?: Omit<ReportKey, 'organisation' | 'form'> | undefined
  organisation?: string | undefined
  state?: ReportState | undefined
}
export type ValuesPage = {
  id: string
  organisation: string
  ogrn: string | null
  form: string
  year: number
  kind: number
  number: number
  cells: Record<string, string> | null
}

/** Some reports after `after`, each with its stored cells. */
export async function listValues(
  db: Db,
  scopes: Scopes,
  { form, period, organisation, state }: ValuesFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ValuesPage[]> {
  const { rows } = await sql<ValuesPage>`
    select found.*, (select json_object_agg(cell, value order by cell) from report_cells where report_id = found.id) as cells
    from (
      select r.id, o.id as organisation, o.ogrn, f.code as form, c.year, c.period_kind as kind, c.period_number as number
      from reports r
      join organisations o on o.id = r.organisation_id
      join campaigns c on c.id = r.campaign_id
      join form_versions v on v.id = c.form_version_id
      join forms f on f.id = v.form_id
      where ${withinScopes(scopes, 'o')}
        and (${after ?? null}::uuid is null or r.id > ${after ?? null}::uuid)
        and (${form ?? null}::text is null or f.code = ${form ?? null})
        and (${state ?? null}::text is null or r.state = ${state ?? null})
        and (${organisation ?? null}::uuid is null or o.lineage @> array[${organisation ?? null}::uuid])
        and (${period?.year ?? null}::int is null or (c.year = ${period?.year ?? null}
          and c.period_kind = ${period?.kind ?? null} and c.period_number = ${period?.number ?? null}))
      order by r.id limit ${limit}
    ) found order by found.id`.execute(db)
  return rows
}
