import { sql } from 'kysely'
import { type Periodicity, periodicities } from '../../../../../contracts/indicators.ts'
import type { Db, Tx } from '../../../../kernel/db/index.ts'
import { periodOf, periodToEnter } from '../../indicators/periods.ts'
import type { BoardPlace } from '../board.access.ts'

export type MissingFigure = {
  indicatorId: string
  title: string
  region: string
  regionName: string
  part: string
  periodicity: Periodicity
  period: string
  remindedToday: boolean
}

const missingColumns = sql`
  indicator.id as "indicatorId", indicator.title, region.code as region, region.name as "regionName",
  'indicator:' || indicator.id as part, indicator.periodicity`
const inOrder = sql`region.name, region.code, indicator.position, indicator.id`

/** Figures of the last ended periods that regions enter themselves, and have not. */
export async function listMissing(
  db: Db,
  { roadmap, codes, today }: BoardPlace,
  regions: readonly string[] | undefined,
): Promise<MissingFigure[]> {
  const asked = periodicities
    .map((periodicity) => ({ periodicity, period: periodToEnter(periodicity, today) }))
    .filter(({ periodicity, period }) => period >= periodOf(periodicity, roadmap.startsOn))
  const { rows } = await sql<MissingFigure>`
    select ${missingColumns}, asked.period,
      exists (select from figure_nudges told where told.indicator_id = indicator.id and told.region_code = region.code
        and told.period = asked.period and told.asked_on = ${today}::date) as "remindedToday"
    from indicators indicator
    join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (periodicity text, period date)
      on asked.periodicity = indicator.periodicity
    join regions region on region.code = any(${codes.filter((code) => regions?.includes(code) ?? true)}::text[])
    where indicator.roadmap_id = ${roadmap.id} and indicator.source = 'entered' and indicator.level = 'region'
      and indicator.archived_at is null
      and not exists (select from indicator_figures figure where figure.indicator_id = indicator.id
        and figure.region_code = region.code and figure.period = asked.period and figure.fact is not null)
    order by ${inOrder}`.execute(db)
  return rows
}

/** As `markMeasures`, of figures. @returns how many nobody had marked before */
export async function markFigures(
  tx: Tx,
  nudgeId: string,
  { figures, today }: { figures: readonly MissingFigure[]; today: string },
): Promise<MissingFigure[]> {
  const { rows } = await sql<{ indicatorId: string; region: string }>`
    insert into figure_nudges (indicator_id, region_code, period, asked_on, nudge_id)
    select "indicatorId", region, period, ${today}::date, ${nudgeId}::uuid
    from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f ("indicatorId" uuid, region text, period date)
    order by 1, 2, 3 on conflict do nothing
    returning indicator_id as "indicatorId", region_code as region`.execute(tx)
  const marked = new Set(rows.map(({ indicatorId, region }) => `${indicatorId} ${region}`))
  return figures.filter(({ indicatorId, region }) => marked.has(`${indicatorId} ${region}`))
}

/** What of a reminder is still not entered. */
export async function listRemindedFigures(tx: Tx, nudgeId: string): Promise<Omit<MissingFigure, 'remindedToday'>[]> {
  const { rows } = await sql<Omit<MissingFigure, 'remindedToday'>>`
    select ${missingColumns}, nudge.period
    from figure_nudges nudge
    join indicators indicator on indicator.id = nudge.indicator_id
    join regions region on region.code = nudge.region_code
    where nudge.nudge_id = ${nudgeId} and not exists (select from indicator_figures figure
      where figure.indicator_id = nudge.indicator_id and figure.region_code = nudge.region_code
        and figure.period = nudge.period and figure.fact is not null)
    order by ${inOrder}`.execute(tx)
  return rows
}
