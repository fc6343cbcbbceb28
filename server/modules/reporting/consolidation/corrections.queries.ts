import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { type Selection, withinSelection } from './totals.queries.ts'

export type CorrectionRow = {
  id: string
  formId: string
  organisationId: string
  cell: string
  territory: string
  was: string
  becomes: string
  reason: string
  at: Date
  surname: string
  name: string
  patronymic: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
  withdrawnSurname: string | null
  withdrawnName: string | null
  withdrawnPatronymic: string | null
}

const selectCorrections = (db: Db) =>
  db
    .selectFrom('total_corrections as k')
    .innerJoin('organisations as o', 'o.id', 'k.organisation_id')
    .innerJoin('accounts as a', 'a.id', 'k.by')
    .leftJoin('accounts as w', 'w.id', 'k.withdrawn_by')
    .select([
      'k.id',
      'k.form_id as formId',
      'k.organisation_id as organisationId',
      'k.cell',
      'o.short_name as territory',
      'k.was',
      'k.becomes',
      'k.reason',
      'k.at',
      'a.surname',
      'a.name',
      'a.patronymic',
      'k.withdrawn_at as withdrawnAt',
      'k.withdrawn_reason as withdrawnReason',
      'w.surname as withdrawnSurname',
      'w.name as withdrawnName',
      'w.patronymic as withdrawnPatronymic',
    ])

/** Of territories within the selection, withdrawn ones too, the newest first; none where only one kind is added up. */
export function listCorrections(
  db: Db,
  formId: string,
  period: { year: number; kind: number; number: number },
  selection: Selection,
): Promise<CorrectionRow[]> {
  if (selection.kind) return Promise.resolve([])
  return selectCorrections(db)
    .where('k.form_id', '=', formId)
    .where('k.year', '=', period.year)
    .where('k.period_kind', '=', period.kind)
    .where('k.period_number', '=', period.number)
    .where(withinSelection(selection))
    .orderBy('k.at', 'desc')
    .orderBy('k.id')
    .execute()
}

export const lockCorrection = (tx: Tx, id: string): Promise<CorrectionRow | undefined> =>
  selectCorrections(tx).where('k.id', '=', id).forUpdate('k').executeTakeFirst()

export type CorrectionToWrite = {
  formId: string
  period: { year: number; kind: number; number: number }
  organisationId: string
  cell: string
  was: string
  becomes: string
  reason: string
  by: string
}

export async function insertCorrection(tx: Tx, { period, ...correction }: CorrectionToWrite): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('total_corrections')
    .values({
      id,
      form_id: correction.formId,
      year: period.year,
      period_kind: period.kind,
      period_number: period.number,
      organisation_id: correction.organisationId,
      cell: correction.cell,
      was: correction.was,
      becomes: correction.becomes,
      reason: correction.reason,
      by: correction.by,
    })
    .execute()
  return id
}

export const markWithdrawn = (tx: Tx, id: string, by: string, reason: string) =>
  tx
    .updateTable('total_corrections')
    .set({ withdrawn_at: sql<Date>`now()`, withdrawn_by: by, withdrawn_reason: reason })
    .where('id', '=', id)
    .execute()
