import { type SqlBool, sql } from 'kysely'
import { type ImportLinesQuery, type ImportOutcome, importPageSize } from '../../../../contracts/imports.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { lineProblems } from './imports.phrases.ts'
import type { FieldChange } from './imports.tables.ts'

export type NewLine = { number: number; cells: Record<string, string>; inn: string; independent: boolean }

/** A line that stands already stays: its batch had been kept before the program was stopped. */
export const insertLines = (tx: Tx, importId: string, lines: readonly NewLine[]) =>
  sql`
    insert into organisation_import_lines (import_id, number, cells, inn, independent)
    select ${importId}, number, cells, inn, independent
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as line (number int, cells jsonb, inn text, independent boolean)
    on conflict do nothing`.execute(tx)

const columns = [
  'number',
  'cells',
  'inn',
  'independent',
  'outcome',
  'problems',
  'changes',
  'higher_line as higherLine',
  'wave',
  'place',
  'organisation_id as organisationId',
  'version_before as versionBefore',
  'version_after as versionAfter',
  'applied_at as appliedAt',
  'failed',
  'undone_at as undoneAt',
  'undo_problem as undoProblem',
] as const

const linesOf = (db: Db, importId: string) =>
  db.selectFrom('organisation_import_lines').select(columns).where('import_id', '=', importId)

export type Line = Awaited<ReturnType<typeof listLinesAfter>>[number]

export const listLinesAfter = (db: Db, importId: string, number: number, limit: number) =>
  linesOf(db, importId).where('number', '>', number).orderBy('number').limit(limit).execute()

/** The next to be applied, all of one wave: those under which they stand are in the registry by then. */
export async function listPlacesAfter(tx: Tx, importId: string, place: number, limit: number): Promise<Line[]> {
  const lines = await linesOf(tx, importId).where('place', '>', place).orderBy('place').limit(limit).execute()
  return lines.filter(({ wave }) => wave === lines[0]?.wave)
}

/** The next to be undone, from the last on, all of one wave: what stands below goes before what it stands under. */
export async function listAppliedBefore(tx: Tx, importId: string, place: number, limit: number): Promise<Line[]> {
  const lines = await linesOf(tx, importId)
    .where('place', '<', place)
    .where('applied_at', 'is not', null)
    .orderBy('place', 'desc')
    .limit(limit)
    .execute()
  return lines.filter(({ wave }) => wave === lines[0]?.wave)
}

export type Verdict = {
  number: number
  outcome: ImportOutcome
  problems: string[]
  changes: FieldChange[]
  higher_line: number | null
  organisation_id: string | null
  version_before: number | null
}

export const noteVerdicts = (tx: Tx, importId: string, verdicts: readonly Verdict[]) =>
  sql`
    update organisation_import_lines line
    set outcome = verdict.outcome, problems = verdict.problems, changes = verdict.changes,
        higher_line = verdict.higher_line, organisation_id = verdict.organisation_id,
        version_before = verdict.version_before
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
      as verdict (number int, outcome text, problems jsonb, changes jsonb, higher_line int, organisation_id uuid,
        version_before int)
    where line.import_id = ${importId} and line.number = verdict.number`.execute(tx)

/** The first line of the file of each independent organisation, by ИНН. */
export async function firstLines(db: Db, importId: string, inns: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('organisation_import_lines')
    .select(['inn'])
    .select(({ fn }) => fn.min('number').as('number'))
    .where('import_id', '=', importId)
    .where('independent', '=', true)
    .where(sql<SqlBool>`inn = any(${[...inns]}::text[])`)
    .groupBy('inn')
    .execute()
  return new Map(rows.map(({ inn, number }) => [inn, number]))
}

/** What stands under a line that will not be added is not added either; returns how many lines that has reached now. */
export async function spreadWrong(tx: Tx, importId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update organisation_import_lines line
    set outcome = 'wrong',
        problems = jsonb_build_array(replace(${lineProblems.higherWrong(0)}, '0', line.higher_line::text))
    from organisation_import_lines higher
    where line.import_id = ${importId} and line.outcome in ('add', 'change') and higher.import_id = line.import_id
      and higher.number = line.higher_line and higher.outcome = 'wrong'`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** @param wave 0 for those whose higher organisation is in the registry, else one more than that of its line */
export async function noteWave(tx: Tx, importId: string, wave: number): Promise<number> {
  const higher =
    wave === 0
      ? sql`line.higher_line is null`
      : sql`exists (select from organisation_import_lines higher
          where higher.import_id = line.import_id and higher.number = line.higher_line and higher.wave = ${wave - 1})`
  const { numAffectedRows } = await sql`
    update organisation_import_lines line set wave = ${wave}
    where import_id = ${importId} and outcome in ('add', 'change') and wave is null and ${higher}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export const refuseRings = (tx: Tx, importId: string) =>
  sql`
    update organisation_import_lines
    set outcome = 'wrong', problems = ${JSON.stringify([lineProblems.higherRing])}::jsonb
    where import_id = ${importId} and outcome in ('add', 'change') and wave is null`.execute(tx)

/** The order in which lines are applied. Returns how many are. */
export async function notePlaceOfEach(tx: Tx, importId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update organisation_import_lines line set place = ordered.place
    from (
      select number, row_number() over (order by wave, number) as place
      from organisation_import_lines where import_id = ${importId} and wave is not null
    ) ordered
    where line.import_id = ${importId} and line.number = ordered.number`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type Applied = {
  number: number
  organisation_id: string | null
  version_after: number | null
  failed: string | null
}

export const noteApplied = (tx: Tx, importId: string, applied: readonly Applied[]) =>
  sql`
    update organisation_import_lines line
    set organisation_id = coalesce(result.organisation_id, line.organisation_id), version_after = result.version_after,
        failed = result.failed, applied_at = case when result.failed is null then now() end
    from jsonb_to_recordset(${JSON.stringify(applied)}::jsonb)
      as result (number int, organisation_id uuid, version_after int, failed text)
    where line.import_id = ${importId} and line.number = result.number`.execute(tx)

export const noteUndoneLines = (
  tx: Tx,
  importId: string,
  undone: readonly { number: number; undo_problem: string | null }[],
) =>
  sql`
    update organisation_import_lines line
    set undo_problem = result.undo_problem, undone_at = case when result.undo_problem is null then now() end
    from jsonb_to_recordset(${JSON.stringify(undone)}::jsonb) as result (number int, undo_problem text)
    where line.import_id = ${importId} and line.number = result.number`.execute(tx)

/** A page of the report, in the order of the file; what is wrong first when nothing else is asked for. */
export async function listReport(db: Db, importId: string, { outcome, page }: ImportLinesQuery) {
  const chosen = linesOf(db, importId)
    .$if(outcome === 'failed', (query) => query.where('failed', 'is not', null))
    .$if(outcome === 'not-undone', (query) => query.where('undo_problem', 'is not', null))
    .$if(outcome !== undefined && outcome !== 'failed' && outcome !== 'not-undone', (query) =>
      query.where('outcome', '=', sql<ImportOutcome>`${outcome}`),
    )
  const rows = await chosen
    .orderBy(sql`(failed is not null or undo_problem is not null or outcome is not distinct from 'wrong')`, 'desc')
    .orderBy('number')
    .limit(importPageSize)
    .offset((page - 1) * importPageSize)
    .select(sql<number>`count(*) over ()`.as('total'))
    .select(
      // A line that changes one thing may hold nothing but that and the ИНН.
      sql<string | null>`(select short_name from organisations where id = organisation_id)`.as('organisationName'),
    )
    .execute()
  return { rows, total: rows[0]?.total ?? 0 }
}
