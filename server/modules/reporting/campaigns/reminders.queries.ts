import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { isWorkingDay, regionZones } from '../../../kernel/calendar/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

export type DueReminder = { reportId: string; daysBefore: number; zone: string }

/** Past this many days a reminder that could not be sent says nothing new. */
const staleAfter = 4
const atOnce = 50

/** The day of the plan of `c` that has come by `w.today` for this term: the last one that is not stale. */
const planOf = (term: RawBuilder<unknown>) => sql`lateral (
  select min(days) as days from unnest(c.reminder_days) days
  where (${term} at time zone w.zone)::date - days <= w.today) plan`

const isTimely = (term: RawBuilder<unknown>) => sql<SqlBool>`
  c.opened_at is not null and c.closed_at is null and plan.days is not null
  and w.today - ((${term} at time zone w.zone)::date - plan.days) <= ${staleAfter}
  and (${term} at time zone w.zone)::date - plan.days >= (c.opened_at at time zone w.zone)::date`

/** Of the days on which some zone may be at this moment, those that are worked. */
const workingDaysAround = (at: Date): string[] =>
  [-1, 0, 1].map((days) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)).filter(isWorkingDay)

const isAsked = sql<SqlBool>`r.state in ('draft', 'refused') and r.outside_since is null`

/**
 * Reports not sent whose day of the plan has come in their organisation's time, in working hours there, and marks the
 * day and those passed over as told: the mark is written with the message or not at all. `picked` counts those looked
 * at; of two nodes the second waits for the mark of the first and has nothing of these to tell.
 *
 * Whether a day has come is worked out for each campaign and zone, and for single reports only where they have a term
 * of their own: reports of a campaign whose day has not come are not read.
 */
export async function takeDueReminders(
  tx: Tx,
  at: Date,
  timeZone: string,
): Promise<{ picked: number; due: DueReminder[] }> {
  const zoned = sql`left join zones z on z.region = o.region_code`
  const term = sql`c.deadline`
  const ownTerm = sql`r.extended_to`
  const { rows } = await sql<{ picked: number; due: DueReminder[] | null }>`
    with zones as (
      select * from unnest(${regionZones.map(({ region }) => region)}::text[],
        ${regionZones.map(({ zone }) => zone)}::text[]) z (region, zone)),
    working as materialized (
      select zone, local::date as today
      from (select zone, ${at}::timestamptz at time zone zone as local
        from (select zone from zones union select ${timeZone}::text) every) clock
      where extract(hour from local) between 9 and 17 and local::date = any(${workingDaysAround(at)}::date[])),
    come as materialized (
      select c.id as campaign_id, c.deadline, plan.days, w.zone
      from campaigns c cross join working w cross join ${planOf(term)} where ${isTimely(term)}),
    -- Once told, a report is passed over before anything else is looked up about it.
    untold as materialized (
      select r.id, r.campaign_id, r.organisation_id
      from (select campaign_id, deadline, min(days) as days from come group by 1, 2) first
      join reports r on r.campaign_id = first.campaign_id and ${isAsked}
        and coalesce(r.extended_to <= first.deadline, true)
      where not exists (select from report_reminders told
        where told.report_id = r.id and told.term = first.deadline and told.days_before <= first.days)),
    due as (
      select r.id, come.deadline as term, come.days, come.zone
      from untold r join organisations o on o.id = r.organisation_id and o.closed_at is null
      ${zoned} join come on come.campaign_id = r.campaign_id and come.zone = coalesce(z.zone, ${timeZone})
      union all
      select r.id, r.extended_to, plan.days, w.zone
      from reports r join campaigns c on c.id = r.campaign_id
      join organisations o on o.id = r.organisation_id and o.closed_at is null
      ${zoned} join working w on w.zone = coalesce(z.zone, ${timeZone}) cross join ${planOf(ownTerm)}
      where r.extended_to > c.deadline and ${isAsked} and ${isTimely(ownTerm)}),
    picked as materialized (
      select * from due where not exists (select from report_reminders told
        where told.report_id = due.id and told.term = due.term and told.days_before <= due.days)
      order by id limit ${atOnce}),
    told as (
      insert into report_reminders (report_id, term, days_before) select id, term, days from picked order by id
      on conflict do nothing returning report_id)
    select (select count(*)::int from picked) as picked,
      (select json_agg(json_build_object('reportId', id, 'daysBefore', days, 'zone', zone) order by id)
        from picked where id in (select report_id from told)) as due`.execute(tx)
  const [found] = rows
  return { picked: found?.picked ?? 0, due: found?.due ?? [] }
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
