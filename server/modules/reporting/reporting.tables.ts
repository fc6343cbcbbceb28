import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Audience } from '../../../contracts/campaigns.ts'
import type { SentAttachment } from '../../../contracts/discussion.ts'
import type { ChangeSource, ReportState } from '../../../contracts/reporting.ts'
import type { Template } from '../../../engine/index.ts'
import type { Scopes } from '../../kernel/access/index.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>
type OptionalId = ColumnType<string | null, string | null | undefined, string | null>

export interface ReportingTables {
  forms: { id: string; code: string; okud: string; cipher: string; name: string; periodicity: string }
  form_versions: {
    id: string
    form_id: string
    number: number
    template: JSONColumnType<Template>
    /** The file as it was published, XML or YAML. */
    source_xml: string
    source_format: Generated<'xml' | 'yaml'>
    valid_from: string | null
    valid_to: string | null
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
    audience: JSONColumnType<Audience>
    /** Where whoever opened it manages campaigns: nobody outside is asked, now or later. */
    scopes: ColumnType<Scopes, string | undefined, string>
    /** When it is to open by itself, once a person has said so (`scheduled_at`). */
    opens_at: OptionalMoment
    scheduled_at: OptionalMoment
    scheduled_by: OptionalId
    /** Null while it is a draft. */
    opened_at: OptionalMoment
    opened_by: OptionalId
    closed_at: OptionalMoment
    closed_by: OptionalId
    /** Days before the term; below zero, after it. */
    reminder_days: ColumnType<number[], number[] | undefined, number[]>
    /** The next period's is proposed as a draft before the period ends. */
    regular: Generated<boolean>
    version: Generated<number>
    predecessor_id: OptionalId
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
    /** The step of acceptance where it waits, or where it was refused; null: the form has one step only. */
    level_code: OptionalText
    level_name: OptionalText
    level_organisation_id: OptionalId
    /** The report's own term, when it was extended; the later of it and the campaign's deadline is in force. */
    extended_to: OptionalMoment
    /** Since when its organisation is no longer among those asked, though something was filled in already. */
    outside_since: OptionalMoment
  }
  report_extensions: {
    id: string
    report_id: string
    until: Moment
    reason: string
    given_at: Moment
    given_by: OptionalId
  }
  report_reminders: { report_id: string; term: Date; days_before: number; sent_at: Moment }
  report_nudges: {
    report_id: string
    asked_on: ColumnType<string, string | undefined, string>
    asked_at: Moment
    asked_by: OptionalId
    sent_at: OptionalMoment
  }
  report_substitutions: {
    id: string
    organisation_id: string
    absent_id: string
    substitute_id: string
    starts_on: string
    ends_on: string
    reason: string | null
    set_at: Moment
    set_by: OptionalId
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
    /** Why, of a report that has come back. */
    reason: ColumnType<string | null, string | null | undefined, string | null>
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
    attachments: JSONColumnType<SentAttachment[], string | undefined, string>
  }
  report_comments: {
    id: string
    report_id: string
    author_id: OptionalId
    at: Moment
    kind: 'comment' | 'refusal'
    text: string
    cell: string | null
    /** The first comment of the thread; null: it is the first itself. */
    thread_id: OptionalId
    /** Of the first comment alone: the whole thread is settled. */
    resolved_at: OptionalMoment
    resolved_by: OptionalId
    /** Accounts whom it concerns. */
    mentions: ColumnType<string[], string[] | undefined, string[]>
  }
  report_attachments: {
    id: string
    report_id: string
    file_id: string
    added_at: Moment
    added_by: OptionalId
    /** Code of a kind that the form demands. */
    kind: ColumnType<string | null, string | null | undefined, string | null>
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends ReportingTables {}
}
