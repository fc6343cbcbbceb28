import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../kernel/db/index.ts'

export type FigureKey = { indicatorId: string; region: string; period: string }

const chosen = (keys: readonly FigureKey[]): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k ("indicatorId" uuid, region text, period date)`

export const markConfirmed = (tx: Tx, keys: readonly FigureKey[], by: string) =>
  sql`
    update indicator_figures as f
    set confirmed_at = now(), confirmed_by = ${by}, version = version + 1
    from ${chosen(keys)}
    where f.indicator_id = k."indicatorId" and f.region_code = k.region and f.period = k.period`.execute(tx)

export const markReturned = (tx: Tx, keys: readonly FigureKey[], { by, reason }: { by: string; reason: string }) =>
  sql`
    update indicator_figures as f
    set returned_at = now(), returned_by = ${by}, return_reason = ${reason}, confirmed_at = null, confirmed_by = null,
      version = version + 1
    from ${chosen(keys)}
    where f.indicator_id = k."indicatorId" and f.region_code = k.region and f.period = k.period`.execute(tx)
