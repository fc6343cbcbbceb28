import type { ColumnType, Generated } from 'kysely'
import type { ApplicationState, ApplicationStepKind } from '../../../contracts/applications.ts'
import type { Permission } from '../../kernel/access/index.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ApplicationsTables {
  applications: {
    id: string
    number: string
    kind: string
    /** Null: a visitor without an account, known by name, address and the link of its letter. */
    applicant_id: string | null
    visitor_name: string | null
    visitor_email: string | null
    /** SHA-256 of what the link holds. */
    visitor_key: Buffer | null
    confirmed_at: OptionalMoment
    /** The letter that asks for it, and who has entered it for another. */
    letter_id: string | null
    entered_by: string | null
    /** Null: it is about something that is not in the registry yet. */
    organisation_id: string | null
    region_code: string
    /** What it is about, where no organisation says so. */
    subject: Generated<string>
    /** The same for the same wish: of those that wait there is one. */
    subject_key: string
    form: unknown
    state: Generated<ApplicationState>
    /** Which of its kind's stages it stands at, from 0. */
    stage: Generated<number>
    /** What the stage's decider must be allowed to do, beside deciding on applications. */
    needs: Generated<Permission>
    /** Only those decide who stand above the organisation. */
    from_above: Generated<boolean>
    assignee_id: string | null
    assigned_at: OptionalMoment
    due_at: ColumnType<Date, Date, Date>
    /** Working days left when a question stopped the clock. */
    days_left: number | null
    reminded_at: OptionalMoment
    escalated_at: OptionalMoment
    decided_at: OptionalMoment
    decided_by: string | null
    reason: string | null
    version: Generated<number>
    created_at: Moment
  }
  application_steps: {
    id: string
    application_id: string
    kind: ApplicationStepKind
    at: ColumnType<Date, never, never>
    /** Null: the applicant without an account, or the program. */
    by_id: string | null
    to_id: string | null
    stage: number
    text: string | null
  }
  application_files: {
    id: string
    application_id: string
    file_id: string
    /** Null: the visitor itself. */
    added_by: string | null
    added_at: ColumnType<Date, never, never>
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends ApplicationsTables {}
}
