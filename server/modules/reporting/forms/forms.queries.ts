import type { StatisticalForm } from '../../../../contracts/reporting.ts'
import type { Template } from '../../../../engine/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export async function getTemplate(db: Db, versionId: string): Promise<Template> {
  const row = await db
    .selectFrom('form_versions')
    .select('template')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return row.template
}

export type FormRow = Omit<StatisticalForm, 'publishedAt'> & { publishedAt: Date }

const selectForms = (db: Db) =>
  db
    .selectFrom('forms as f')
    .innerJoin('form_versions as v', 'v.form_id', 'f.id')
    .select([
      'f.id',
      'f.code',
      'f.okud',
      'f.cipher',
      'f.name',
      'v.number as version',
      'v.id as versionId',
      'v.published_at as publishedAt',
    ])
    .where(({ eb, selectFrom }) =>
      eb(
        'v.number',
        '=',
        selectFrom('form_versions as newest')
          .select(({ fn }) => fn.max('newest.number').as('number'))
          .whereRef('newest.form_id', '=', 'f.id'),
      ),
    )

/** Each form with its version in force. */
export const listFormRows = (db: Db): Promise<FormRow[]> =>
  selectForms(db).orderBy('f.cipher').orderBy('f.id').execute()

export const findForm = (db: Db, id: string): Promise<FormRow | undefined> =>
  selectForms(db).where('f.id', '=', id).executeTakeFirst()

/** The form of this code, made or renamed as the template says; locked, so that versions are numbered one by one. */
export async function upsertForm(tx: Tx, template: Template): Promise<string> {
  const names = {
    okud: template.okud,
    cipher: template.cipher || template.code,
    name: template.name,
    periodicity: template.periodicity,
  }
  const row = await tx
    .insertInto('forms')
    .values({ id: randomUUIDv7(), code: template.code, ...names })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(names))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export const findNewestSource = (tx: Tx, formId: string) =>
  tx
    .selectFrom('form_versions')
    .select(['number', 'source_xml as sourceXml'])
    .where('form_id', '=', formId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function insertVersion(
  tx: Tx,
  version: { formId: string; number: number; template: Template; sourceXml: string; by: string | null },
): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('form_versions')
    .values({
      id,
      form_id: version.formId,
      number: version.number,
      template: JSON.stringify(version.template),
      source_xml: version.sourceXml,
      published_by: version.by,
    })
    .execute()
  return id
}
