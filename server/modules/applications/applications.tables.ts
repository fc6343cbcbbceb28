import type { ColumnType, Generated } from 'kysely'
import type { ApplicationKind, ApplicationState } from '../../../contracts/applications.ts'

type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ApplicationsTables {
  applications: {
    id: string
    /** «2026-00017» */
    number: string
    kind: ApplicationKind
    applicant_id: string
    organisation_id: string
    /** By the contract of its kind. */
    form: ColumnType<unknown, string, never>
    state: Generated<ApplicationState>
    due_at: ColumnType<Date, Date, Date>
    decided_at: OptionalMoment
    decided_by: string | null
    reason: string | null
    version: Generated<number>
    created_at: ColumnType<Date, Date | undefined, never>
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends ApplicationsTables {}
}
