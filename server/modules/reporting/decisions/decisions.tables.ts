import type { ColumnType } from 'kysely'
import type { DecisionOutcome, RemarkState } from '../../../../contracts/decisions.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type OptionalId = ColumnType<string | null, string | null | undefined, string | null>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

export interface DecisionsTables {
  report_decisions: {
    id: string
    submission_id: string
    number: number
    /** Null where the form has no levels. */
    level_code: string | null
    level_name: string | null
    /** Whose level it was. */
    organisation_id: string | null
    outcome: DecisionOutcome
    reason: string | null
    at: Moment
    by: OptionalId
    on_behalf_of: OptionalId
  }
  report_remarks: {
    id: string
    submission_id: string
    cell: string
    text: string
    /** What stood in the cell as it was sent. */
    value: OptionalText
    written_at: Moment
    written_by: OptionalId
    issued_at: OptionalMoment
    state: ColumnType<RemarkState, RemarkState | undefined, RemarkState>
    answer: OptionalText
    settled_at: OptionalMoment
    settled_by: OptionalId
  }
  report_signatures: {
    id: string
    report_id: string
    content_hash: string
    signature: Buffer
    certificate: string
    subject: string
    issuer: string
    serial_number: string
    valid_from: Moment
    valid_to: Moment
    signed_at: OptionalMoment
    put_at: Moment
    put_by: OptionalId
  }
  decision_handovers: {
    id: string
    from_id: string
    to_id: string
    form_id: OptionalId
    organisation_id: OptionalId
    starts_on: string
    ends_on: string
    reason: OptionalText
    made_at: Moment
    ended_at: OptionalMoment
    ended_by: OptionalId
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends DecisionsTables {}
}
