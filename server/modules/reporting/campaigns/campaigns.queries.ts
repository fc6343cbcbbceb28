import { sql } from 'kysely'
import type { Scopes } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'

export type NewCampaignRow = {
  formVersionId: string
  year: number
  periodKind: number
  periodNumber: number
  title: string
  deadline: Date | string
  organisationKind: string
  by: string | null
}

/** A campaign of the same form, period and kind of organisations, whatever the form's version. */
export const findSameCampaign = (tx: Tx, formId: string, campaign: NewCampaignRow) =>
  tx
    .selectFrom('campaigns as c')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .select(['c.id', 'c.title'])
    .where('v.form_id', '=', formId)
    .where('c.year', '=', campaign.year)
    .where('c.period_kind', '=', campaign.periodKind)
    .where('c.period_number', '=', campaign.periodNumber)
    .where('c.organisation_kind', '=', campaign.organisationKind)
    .executeTakeFirst()

/** A campaign that is being opened is there after this; none is opened until the transaction ends. */
export const awaitCampaigns = (tx: Tx) => tx.selectFrom('forms').select('id').orderBy('id').forShare().execute()

/** Two campaigns of one form are opened one after the other, never both at once. */
export const lockForm = (tx: Tx, formId: string) =>
  tx.selectFrom('forms').select('id').where('id', '=', formId).forUpdate().executeTakeFirst()

export async function insertCampaign(tx: Tx, campaign: NewCampaignRow): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('campaigns')
    .values({
      id,
      form_version_id: campaign.formVersionId,
      year: campaign.year,
      period_kind: campaign.periodKind,
      period_number: campaign.periodNumber,
      title: campaign.title,
      deadline: campaign.deadline,
      organisation_kind: campaign.organisationKind,
      opened_by: campaign.by,
    })
    .execute()
  return id
}

export type AskedOrganisation = {
  id: string
  fullName: string
  inn: string
  ogrn: string
  okpo: string | null
  address: string
  phone: string | null
  email: string | null
  headName: string | null
  headPosition: string | null
}

const openOrganisations = (db: Db) =>
  db
    .selectFrom('organisations as o')
    .select([
      'o.id',
      'o.full_name as fullName',
      'o.inn',
      'o.ogrn',
      'o.okpo',
      'o.address',
      'o.phone',
      'o.email',
      'o.head_name as headName',
      'o.head_position as headPosition',
    ])
    .where('o.closed_at', 'is', null)

/** Organisations of the kind that are open, within the scopes. */
export const listAsked = (db: Db, scopes: Scopes, kind: string): Promise<AskedOrganisation[]> =>
  openOrganisations(db).where(withinScopes(scopes, 'o')).where(sql<string>`o.kind`, '=', kind).orderBy('o.id').execute()

/** Undefined when it is closed. */
export const findAsked = (db: Db, id: string): Promise<(AskedOrganisation & { kind: string }) | undefined> =>
  openOrganisations(db).select('o.kind').where('o.id', '=', id).executeTakeFirst()

export type OpenCampaign = { id: string; formVersionId: string }

/** Campaigns of a kind of organisations whose deadline has not passed. */
export const listOpenCampaigns = (db: Db, kind: string): Promise<OpenCampaign[]> =>
  db
    .selectFrom('campaigns')
    .select(['id', 'form_version_id as formVersionId'])
    .where('organisation_kind', '=', kind)
    .where('deadline', '>', sql<Date>`now()`)
    .orderBy('id')
    .execute()

export type NewReportRow = { id: string; organisationId: string; filled: number; total: number }

/** Ids of those that were not there: an organisation has one report in a campaign, however often it is given one. */
export async function insertReports(
  tx: Tx,
  campaignId: string,
  reports: readonly NewReportRow[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into reports (id, campaign_id, organisation_id, filled, total)
    select new.id, ${campaignId}::uuid, new.organisation_id, new.filled, new.total
    from unnest(${reports.map(({ id }) => id)}::uuid[], ${reports.map(({ organisationId }) => organisationId)}::uuid[],
      ${reports.map(({ filled }) => filled)}::int[], ${reports.map(({ total }) => total)}::int[])
      as new (id, organisation_id, filled, total)
    on conflict (organisation_id, campaign_id) do nothing
    returning id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export async function insertFirstCells(
  tx: Tx,
  cells: readonly { reportId: string; cell: string; value: string }[],
): Promise<void> {
  await sql`
    insert into report_cells (report_id, cell, value)
    select * from unnest(${cells.map(({ reportId }) => reportId)}::uuid[], ${cells.map(({ cell }) => cell)}::text[],
      ${cells.map(({ value }) => value)}::text[])`.execute(tx)
}
