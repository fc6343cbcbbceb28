import { sql } from 'kysely'
import type { Tx } from '../../kernel/db/index.ts'

/** Days are `YYYY-MM-DD`, figures exact decimals as text. */
export type PlantedFact = { id: string; doneOn: string | null; percent: number; reportedOn: string; text: string }
export type PlantedFigure = {
  indicatorId: string
  region: string
  period: string
  plan: string
  fact: string
  enteredOn: string
  state: 'entered' | 'confirmed' | 'published'
}

/** Each with the report that tells it. */
export async function writeFacts(tx: Tx, facts: readonly PlantedFact[], by: string): Promise<void> {
  const rows = JSON.stringify(facts)
  await sql`
    with facts as (select * from jsonb_to_recordset(${rows}::jsonb)
      as f (id uuid, "doneOn" date, percent int, "reportedOn" date, text text)),
    told as (
      insert into measure_reports (id, measure_id, at, by, text, percent, done_on)
      select gen_random_uuid(), id, "reportedOn" + time '07:30', ${by}, text, percent, "doneOn" from facts)
    update measures set done_on = "doneOn", percent = facts.percent, reported_at = "reportedOn" + time '07:30'
    from facts where facts.id = measures.id`.execute(tx)
}

export async function writeFigures(
  tx: Tx,
  figures: readonly PlantedFigure[],
  by: { operator: string; coordinator: string },
) {
  const rows = JSON.stringify(figures)
  await sql`
    insert into indicator_figures (indicator_id, region_code, period, plan, fact, entered_at, entered_by, confirmed_at,
      confirmed_by, published_plan, published_fact, published_at)
    select "indicatorId", region, period, plan, fact, "enteredOn", ${by.operator},
      case when state <> 'entered' then "enteredOn" + interval '2 days' end,
      case when state <> 'entered' then ${by.coordinator}::uuid end,
      case when state = 'published' then plan end, case when state = 'published' then fact end,
      case when state = 'published' then "enteredOn" + interval '5 days' end
    from jsonb_to_recordset(${rows}::jsonb)
      as f ("indicatorId" uuid, region text, period date, plan numeric, fact numeric, "enteredOn" timestamptz, state text)`.execute(
    tx,
  )
  await sql`
    insert into indicator_changes (indicator_id, region_code, period, version, at, by, field, new_value)
    select indicator_id, region_code, period, 1, told.at, told.by, told.field, told.value
    from indicator_figures
    cross join lateral (values (entered_at, entered_by, 'plan', plan::text), (entered_at, entered_by, 'fact', fact::text),
      (confirmed_at, confirmed_by, 'confirmed', fact::text), (published_at, confirmed_by, 'published', fact::text))
      as told (at, by, field, value)
    where told.at is not null
    order by told.at`.execute(tx)
  await sql`
    insert into roadmap_publications (roadmap_id, periodicity, period, published_at, published_by)
    select distinct on (i.roadmap_id, i.periodicity, f.period)
      i.roadmap_id, i.periodicity, f.period, f.published_at, ${by.coordinator}::uuid
    from indicator_figures f join indicators i on i.id = f.indicator_id where f.published_at is not null`.execute(tx)
}
