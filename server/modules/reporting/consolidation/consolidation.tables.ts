import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { PublishedSummary, SummaryChoice } from '../../../../contracts/consolidation.ts'
import type { Entry } from './entries.ts'
import type { PublishedFigure } from './hiding.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

interface ConsolidationTables {
  consolidated_campaigns: {
    campaign_id: string
    wanted_at: Moment
    folded_at: OptionalMoment
    compared_at: OptionalMoment
  }
  total_changes: { id: Generated<string>; campaign_id: string; report_id: string }
  total_blocks: {
    id: string
    campaign_id: string
    parent_id: string
    region_code: string
    kind: string
    reports: ColumnType<number, number | undefined, number>
  }
  report_figures: {
    report_id: string
    campaign_id: string
    block_id: string
    state: 'sent' | 'accepted'
    sent_at: OptionalMoment
    figures: (string | null)[]
    entries: ColumnType<Entry[] | null, string | null | undefined, string | null>
  }
  total_block_sums: {
    block_id: string
    state: 'sent' | 'accepted'
    reports: number
    sums: (string | null)[]
    counts: number[]
    minima: (string | null)[] | null
    maxima: (string | null)[] | null
  }
  total_corrections: {
    id: string
    form_id: string
    year: number
    period_kind: number
    period_number: number
    organisation_id: string
    cell: string
    was: string
    becomes: string
    reason: string
    at: Moment
    by: string
    withdrawn_at: OptionalMoment
    withdrawn_by: OptionalText
    withdrawn_reason: OptionalText
  }
  summaries: {
    id: string
    name: string
    owner_id: string
    form_id: string
    choice: JSONColumnType<SummaryChoice>
    shared_with: OptionalText
    created_at: Moment
    public_key: OptionalText
    published_at: OptionalMoment
    published_by: OptionalText
    published_figures: ColumnType<PublishedFigure[] | null, string | null | undefined, string | null>
    published: ColumnType<PublishedSummary | null, string | null | undefined, string | null>
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ConsolidationTables {}
}
