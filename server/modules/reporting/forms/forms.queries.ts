import { sql } from 'kysely'
import type { FormVersion, StatisticalForm } from '../../../../contracts/forms.ts'
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

export const findFormByCode = (db: Db, code: string): Promise<FormRow | undefined> =>
  selectForms(db).where('f.code', '=', code).executeTakeFirst()

export const findNewestSource = (tx: Tx, formId: string) =>
  tx
    .selectFrom('form_versions')
    .select(['number', 'source_xml as source'])
    .where('form_id', '=', formId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export type NewVersion = {
  formId: string
  number: number
  template: Template
  source: string
  format: 'xml' | 'yaml'
  by: string | null
}

export async function insertVersion(tx: Tx, version: NewVersion): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('form_versions')
    .values({
      id,
      form_id: version.formId,
      number: version.number,
      template: JSON.stringify(version.template),
      source_xml: version.source,
      source_format: version.format,
      valid_from: version.template.validFrom ?? null,
      valid_to: version.template.validTo ?? null,
      published_by: version.by,
    })
    .execute()
  return id
}

export type VersionRow = Omit<FormVersion, 'publishedAt'> & { publishedAt: Date }

const dayOf = (column: 'valid_from' | 'valid_to') => sql<string | null>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`

/** Newest first. */
export const listVersions = (db: Db, formId: string): Promise<VersionRow[]> =>
  db
    .selectFrom('form_versions as v')
    .select(({ selectFrom }) => [
      'v.id',
      'v.number',
      dayOf('valid_from').as('validFrom'),
      dayOf('valid_to').as('validTo'),
      'v.source_format as format',
      'v.published_at as publishedAt',
      selectFrom('campaigns as c')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('c.form_version_id', '=', 'v.id')
        .$asScalar()
        .$notNull()
        .as('campaigns'),
    ])
    .where('v.form_id', '=', formId)
    .orderBy('v.number', 'desc')
    .execute()

/** The newest version that is in force on a day. */
export const findVersionOn = (db: Db, formId: string, day: string): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('form_versions')
    .select('id')
    .where('form_id', '=', formId)
    .where(sql<boolean>`coalesce(valid_from, '-infinity') <= ${day}::date`)
    .where(sql<boolean>`coalesce(valid_to, 'infinity') >= ${day}::date`)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export const getSource = (db: Db, versionId: string): Promise<{ source: string; format: 'xml' | 'yaml' }> =>
  db
    .selectFrom('form_versions')
    .select(['source_xml as source', 'source_format as format'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()

/** What versions after one, up to another, call otherwise, one version after the other. */
export async function listRenamed(db: Db, after: string, upTo: string): Promise<Record<string, string>[]> {
  const { rows } = await sql<{ renamed: Record<string, string> }>`
    select v.template->'renamed' as renamed
    from form_versions v, form_versions one, form_versions other
    where one.id = ${after}::uuid and other.id = ${upTo}::uuid and v.form_id = one.form_id and v.form_id = other.form_id
      and v.number > one.number and v.number <= other.number and v.template ? 'renamed'
    order by v.number`.execute(db)
  return rows.map(({ renamed }) => renamed)
}

/** Newest templates of all forms, to look up what a new one names. */
export const listNewestTemplates = (db: Db) =>
  db
    .selectFrom('form_versions as v')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .select(['f.code', 'f.cipher', 'v.template'])
    .distinctOn('v.form_id')
    .orderBy('v.form_id')
    .orderBy('v.number', 'desc')
    .execute()
