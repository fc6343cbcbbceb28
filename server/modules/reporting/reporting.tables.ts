import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ChangeSource, ReportState } from '../../../contracts/reporting.ts'
import type { Template } from '../../../engine/index.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type OptionalId = ColumnType<string | null, string | null | undefined, string | null>

export interface ReportingTables {
  forms: { id: string; code: string; okud: string; cipher: string; name: string; periodicity: string }
  form_versions: {
    id: string
    form_id: string
    number: number
    template: JSONColumnType<Template>
    source_xml: string
    published_at: Moment
    published_by: OptionalId
  }
  campaigns: {
    id: string
    form_version_id: string
    year: number
    period_kind: number
    period_number: number
    title: string
    deadline: Moment
    organisation_kind: string
    opened_at: Moment
    opened_by: OptionalId
  }
  reports: {
    id: string
    campaign_id: string
    organisation_id: string
    state: ColumnType<ReportState, ReportState | undefined, ReportState>
    version: Generated<number>
    filled: Generated<number>
    total: Generated<number>
    errors: number | null
    warnings: number | null
    checked_at: OptionalMoment
    sent_at: OptionalMoment
    sent_by: OptionalId
    accepted_at: OptionalMoment
    accepted_by: OptionalId
    refused_at: OptionalMoment
    refused_by: OptionalId
    reason: string | null
  }
  report_cells: { report_id: string; cell: string; value: string }
  report_changes: {
    report_id: string
    number: number
    at: Moment
    by: OptionalId
    source: ChangeSource
    cells: string[]
    old_values: (string | null)[]
    new_values: (string | null)[]
  }
  submissions: {
    id: string
    report_id: string
    number: number
    cells: JSONColumnType<Record<string, string>>
    content_hash: string
    sent_at: Moment
    sent_by: OptionalId
    outcome: 'accepted' | 'refused' | null
    reason: string | null
    decided_at: OptionalMoment
    decided_by: OptionalId
  }
  report_comments: {
    id: string
    report_id: string
    author_id: OptionalId
    at: Moment
    kind: 'comment' | 'refusal'
    text: string
    cell: string | null
  }
  report_attachments: { id: string; report_id: string; file_id: string; added_at: Moment; added_by: OptionalId }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends ReportingTables {}
}
