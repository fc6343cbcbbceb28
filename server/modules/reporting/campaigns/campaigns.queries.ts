import { type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  type Audience,
  type CampaignState,
  type CampaignsQuery,
  campaignsOnPage,
} from '../../../../contracts/campaigns.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'
import type { ReportingPeriod } from './periods.ts'

/** A campaign that is being opened is there after this; none is opened until the transaction ends. */
export const awaitCampaigns = (tx: Tx) => tx.selectFrom('forms').select('id').orderBy('id').forShare().execute()

/** Two campaigns of one form are opened one after the other, never both at once. */
export const lockForm = (tx: Tx, formId: string) =>
  tx.selectFrom('forms').select('id').where('id', '=', formId).forUpdate().executeTakeFirst()

export type CampaignRow = ReportingPeriod & {
  id: string
  formId: string
  formVersionId: string
  formVersion: number
  formCode: string
  formCipher: string
  formName: string
  title: string
  state: CampaignState
  deadline: Date
  audience: Audience
  scopes: Scopes
  opensAt: Date | null
  openedAt: Date | null
  closedAt: Date | null
  reminderDays: number[]
  regular: boolean
  version: number
}

const stateOf = sql<CampaignState>`case when c.closed_at is not null then 'closed' when c.opened_at is not null then 'open'
  when c.scheduled_at is not null then 'scheduled' else 'draft' end`

const selectCampaigns = (db: Db) =>
  db
    .selectFrom('campaigns as c')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .select([
      'c.id',
      'f.id as formId',
      'v.id as formVersionId',
      'v.number as formVersion',
      'f.code as formCode',
      'f.cipher as formCipher',
      'f.name as formName',
      'c.title',
      'c.year',
      'c.period_kind as periodKind',
      'c.period_number as periodNumber',
      stateOf.as('state'),
      'c.deadline',
      'c.audience',
      'c.scopes',
      'c.opens_at as opensAt',
      'c.opened_at as openedAt',
      'c.closed_at as closedAt',
      'c.reminder_days as reminderDays',
      'c.regular',
      'c.version',
    ])

export const findCampaign = (db: Db, id: string): Promise<CampaignRow | undefined> =>
  selectCampaigns(db).where('c.id', '=', id).executeTakeFirst()

export const lockCampaign = (tx: Tx, id: string): Promise<CampaignRow | undefined> =>
  selectCampaigns(tx).where('c.id', '=', id).forUpdate('c').executeTakeFirst()

export type NewCampaignRow = ReportingPeriod & {
  formVersionId: string
  title: string
  deadline: string
  opensAt: string | null
  audience: Audience
  scopes: Scopes
  reminderDays: number[]
  regular: boolean
  by: string | null
  predecessorId?: string | null
}

/** A draft: it gives no reports until it is opened. Undefined when its predecessor has a successor already. */
export async function insertCampaign(tx: Tx, campaign: NewCampaignRow): Promise<string | undefined> {
  const row = await tx
    .insertInto('campaigns')
    .values({
      id: randomUUIDv7(),
      form_version_id: campaign.formVersionId,
      year: campaign.year,
      period_kind: campaign.periodKind,
      period_number: campaign.periodNumber,
      title: campaign.title,
      deadline: campaign.deadline,
      opens_at: campaign.opensAt,
      audience: JSON.stringify(campaign.audience),
      scopes: JSON.stringify(campaign.scopes),
      reminder_days: campaign.reminderDays,
      regular: campaign.regular,
      opened_at: null,
      opened_by: campaign.by,
      predecessor_id: campaign.predecessorId ?? null,
    })
    .onConflict((conflict) => conflict.column('predecessor_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export const markOpened = (tx: Tx, id: string, formVersionId: string, by: string | null) =>
  tx
    .updateTable('campaigns')
    .set({ opened_at: sql<Date>`now()`, opened_by: by, form_version_id: formVersionId })
    .where('id', '=', id)
    .execute()

export const markScheduled = (tx: Tx, id: string, by: string | null) =>
  tx
    .updateTable('campaigns')
    .set({ scheduled_at: by === null ? null : sql<Date>`now()`, scheduled_by: by })
    .where('id', '=', id)
    .execute()

export const markClosed = (tx: Tx, id: string, by: string) =>
  tx.updateTable('campaigns').set({ closed_at: sql<Date>`now()`, closed_by: by }).where('id', '=', id).execute()

export const deleteDraft = (tx: Tx, id: string) =>
  tx.deleteFrom('campaigns').where('id', '=', id).where('opened_at', 'is', null).execute()

export type ChangedTerms = {
  deadline: string
  opensAt: string | null
  audience: Audience
  reminderDays: number[]
  regular: boolean
  version: number
}

/** False when somebody else has changed it since the version that was shown. */
export async function writeTerms(tx: Tx, id: string, terms: ChangedTerms): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('campaigns')
    .set({
      deadline: terms.deadline,
      opens_at: terms.opensAt,
      audience: JSON.stringify(terms.audience),
      reminder_days: terms.reminderDays,
      regular: terms.regular,
      version: terms.version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', terms.version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export const countReports = async (db: Db, id: string): Promise<number> =>
  (
    await db
      .selectFrom('reports')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('campaign_id', '=', id)
      .executeTakeFirstOrThrow()
  ).count

/** Open campaigns whose deadline has not passed: who comes into the registry now may have to report in them. */
export const listOpenCampaigns = (db: Db): Promise<CampaignRow[]> =>
  selectCampaigns(db)
    .where('c.opened_at', 'is not', null)
    .where('c.closed_at', 'is', null)
    .where('c.deadline', '>', sql<Date>`now()`)
    .orderBy('c.id')
    .execute()

/** One that is to open by itself and whose moment has come; what another node holds is passed over. */
export const takeScheduled = (tx: Tx): Promise<CampaignRow | undefined> =>
  selectCampaigns(tx)
    .where('c.opened_at', 'is', null)
    .where('c.scheduled_at', 'is not', null)
    .where((eb) => eb.or([eb('c.opens_at', 'is', null), eb('c.opens_at', '<=', sql<Date>`now()`)]))
    .orderBy('c.opens_at')
    .limit(1)
    .forUpdate('c')
    .skipLocked()
    .executeTakeFirst()

/** A regular one without a successor, whose own period ends within three weeks or has ended. */
export const takeRepeating = (tx: Tx): Promise<CampaignRow | undefined> =>
  selectCampaigns(tx)
    .where('c.regular', '=', true)
    .where('c.opened_at', 'is not', null)
    .where(sql<SqlBool>`make_date(c.year, 1, 1) + make_interval(months => 12 / c.period_kind * (c.period_number + 1))
      - interval '21 days' <= now()`)
    .where(sql<SqlBool>`not exists (select from campaigns later where later.predecessor_id = c.id)`)
    .orderBy('c.id')
    .limit(1)
    .forUpdate('c')
    .skipLocked()
    .executeTakeFirst()

export type ListedCampaign = Omit<CampaignRow, 'audience' | 'scopes'> & {
  reports: number
  accepted: number
  sent: number
  overdue: number
}

/** Where a campaign is seen: it asks within one's scopes, or one manages all that it reaches. */
const isSeen = (scopes: Scopes): RawBuilder<SqlBool> =>
  scopes.everywhere
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(exists (select from reports r join organisations o on o.id = r.organisation_id
          where r.campaign_id = c.id and ${withinScopes(scopes, 'o')})
        or (c.opened_at is null and c.scopes->>'everywhere' = 'false'
          and c.scopes->'regions' <@ ${JSON.stringify(scopes.regions)}::jsonb
          and c.scopes->'subtrees' <@ ${JSON.stringify(scopes.subtrees)}::jsonb))`

export async function isCampaignSeen(db: Db, scopes: Scopes, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from campaigns c where c.id = ${id} and ${isSeen(scopes)}`.execute(db)
  return rows.length > 0
}

type Found = {
  rows: ListedCampaign[] | null
  total: number
  forms: { code: string; cipher: string }[] | null
  years: number[] | null
}

/** One page of campaigns with how far they have come within the scopes: one round trip. */
export async function listCampaigns(db: Db, scopes: Scopes, { state, form, year, page }: CampaignsQuery) {
  const conditions = [
    isSeen(scopes),
    ...(state ? [sql<SqlBool>`${stateOf} = ${state}`] : []),
    ...(form ? [sql<SqlBool>`f.code = ${form}`] : []),
    ...(year ? [sql<SqlBool>`c.year = ${year}`] : []),
  ]
  const { rows } = await sql<Found>`
    with found as materialized (
      select c.*, v.number as form_number, f.id as form_id, f.code, f.cipher, f.name as form_name
      from campaigns c join form_versions v on v.id = c.form_version_id join forms f on f.id = v.form_id
      where ${sql.join(conditions, sql` and `)}),
    page as (
      select c.id, c.form_id as "formId", c.form_version_id as "formVersionId", c.form_number as "formVersion",
        c.code as "formCode", c.cipher as "formCipher", c.form_name as "formName", c.title, c.year,
        c.period_kind as "periodKind", c.period_number as "periodNumber", ${stateOf} as state, c.deadline,
        c.opens_at as "opensAt", c.opened_at as "openedAt", c.closed_at as "closedAt",
        c.reminder_days as "reminderDays", c.regular, c.version
      from found c order by c.opened_at is not null, c.closed_at is not null, c.deadline desc, c.id
      limit ${campaignsOnPage} offset ${(page - 1) * campaignsOnPage}),
    counted as (
      select r.campaign_id, count(*)::int as reports, count(*) filter (where r.state = 'accepted')::int as accepted,
        count(*) filter (where r.state = 'sent')::int as sent,
        count(*) filter (where r.state in ('draft', 'refused') and greatest(r.extended_to, p.deadline) < now())::int
          as overdue
      from page p join reports r on r.campaign_id = p.id join organisations o on o.id = r.organisation_id
      where ${withinScopes(scopes, 'o')} group by 1)
    select (select json_agg(row) from (
        select page.*, coalesce(reports, 0) as reports, coalesce(accepted, 0) as accepted, coalesce(sent, 0) as sent,
          coalesce(overdue, 0) as overdue
        from page left join counted on counted.campaign_id = page.id) row) as rows,
      (select count(*)::int from found) as total,
      (select json_agg(json_build_object('code', code, 'cipher', cipher) order by cipher) from forms) as forms,
      (select json_agg(distinct c.year) from campaigns c where ${isSeen(scopes)}) as years`.execute(db)
  const [found] = rows
  return {
    rows: found?.rows ?? [],
    total: found?.total ?? 0,
    choices: { forms: found?.forms ?? [], years: (found?.years ?? []).toSorted((one, other) => other - one) },
  }
}

/** Whoever has opened or scheduled a campaign. */
export async function listManagers(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ by: string }>`
    select opened_by as by from campaigns where id = ${id} and opened_by is not null
    union select scheduled_by from campaigns where id = ${id} and scheduled_by is not null`.execute(db)
  return rows.map(({ by }) => by)
}
