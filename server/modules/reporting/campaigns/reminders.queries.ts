import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { regionZones } from './zones.ts'

export type DueReminder = { reportId: string; daysBefore: number; zone: string }

/** Past this many days a reminder that could not be sent says nothing new. */
const staleAfter = 4

const zoneOf = (timeZone: string) => sql<string>`coalesce(
  (select z.zone from unnest(${regionZones.map(({ region }) => region)}::text[],
    ${regionZones.map(({ zone }) => zone)}::text[]) z (region, zone) where z.region = o.region_code), ${timeZone})`

/**
 * A report not sent whose day of the plan has come in its organisation's time, in working hours there, and marks that
 * day and those passed over as told: the mark is written with the message or not at all. What another node holds is
 * passed over.
 */
export async function takeDueReminder(tx: Tx, at: Date, timeZone: string): Promise<DueReminder | undefined> {
  const { rows } = await sql<DueReminder>`
    with due as (
      select r.id, greatest(r.extended_to, c.deadline) as term, place.zone, plan.days
      from campaigns c
      join reports r on r.campaign_id = c.id and r.state in ('draft', 'refused') and r.outside_since is null
      join organisations o on o.id = r.organisation_id and o.closed_at is null
      cross join lateral (select ${zoneOf(timeZone)} as zone) place
      cross join lateral (select ${at}::timestamptz at time zone place.zone as local) clock
      cross join lateral (
        select min(days) as days from unnest(c.reminder_days) days
        where (greatest(r.extended_to, c.deadline) at time zone place.zone)::date - days <= clock.local::date) plan
      where c.opened_at is not null and c.closed_at is null and plan.days is not null
        and extract(hour from clock.local) between 9 and 17 and extract(isodow from clock.local) < 6
        and clock.local::date - ((greatest(r.extended_to, c.deadline) at time zone place.zone)::date - plan.days)
          <= ${staleAfter}
        and (greatest(r.extended_to, c.deadline) at time zone place.zone)::date - plan.days
          >= (c.opened_at at time zone place.zone)::date
        and not exists (select from report_reminders told where told.report_id = r.id
          and told.term = greatest(r.extended_to, c.deadline) and told.days_before <= plan.days)
      limit 1 for update of r skip locked),
    told as (
      insert into report_reminders (report_id, term, days_before) select id, term, days from due
      on conflict do nothing returning report_id, days_before)
    select told.report_id as "reportId", told.days_before as "daysBefore", due.zone
    from told join due on due.id = told.report_id`.execute(tx)
  return rows[0]
}

/** One that a supervisor has asked for; undefined in place of the report when it was sent meanwhile. */
export async function takeNudge(tx: Tx): Promise<{ reportId: string; askedOn: string; unsent: boolean } | undefined> {
  const { rows } = await sql<{ reportId: string; askedOn: string; unsent: boolean }>`
    update report_nudges n set sent_at = now()
    from reports r
    where r.id = n.report_id and (n.report_id, n.asked_on) = (
      select report_id, asked_on from report_nudges where sent_at is null
      order by asked_at limit 1 for update skip locked)
    returning n.report_id as "reportId", n.asked_on::text as "askedOn", r.state in ('draft', 'refused') as unsent`.execute(
    tx,
  )
  return rows[0]
}

/** Who answers for an organisation's reports today: its people, and the substitute in place of one who is away. */
export async function listAnswering(db: Db, organisationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with away as (
      select absent_id, substitute_id from report_substitutions
      where organisation_id = ${organisationId} and current_date between starts_on and ends_on)
    select m.account_id as id from memberships m
    where m.organisation_id = ${organisationId} and m.role in ('responsible', 'member') and m.ended_at is null
      and m.starts_on <= current_date and coalesce(m.ends_on >= current_date, true)
      and m.account_id not in (select absent_id from away)
    union
    select substitute_id from away`.execute(db)
  return rows.map(({ id }) => id)
}
