import type { ColumnType, Generated } from 'kysely'
import type { ImportOutcome, ImportState } from '../../../../contracts/imports.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { TableFormat } from '../../../kernel/spreadsheets/index.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
/** Written as text, for a list would be taken for an array of PostgreSQL; read as it is. */
type Json<T> = ColumnType<T, string, string>

/** On whose behalf the work goes on: what the journal names, and where that person may manage organisations. */
export type Order = {
  actor: {
    requestId: string
    address: string
    account: { id: string }
    onBehalfOf: readonly string[]
    apiToken: { id: string } | undefined
  }
  scopes: Scopes
}

/** A field with its value before and after; what the registry keeps, not how it is shown. */
export type FieldChange = { field: string; was: unknown; becomes: unknown }

export interface ImportsTables {
  organisation_imports: {
    id: string
    file_id: string
    format: TableFormat
    headings: string[]
    created_by: string
    created_at: Moment
    ordered: Json<Order>
    state: ImportState
    problem: string | null
    cursor: number
    done: Generated<number>
    lines: Generated<number>
    places: Generated<number>
    stage_started_at: Moment
    confirmed_at: OptionalMoment
    confirmed_by: string | null
    stopped_at: OptionalMoment
    finished_at: OptionalMoment
    undone_at: OptionalMoment
    undone_by: string | null
    lease: string | null
    leased_until: OptionalMoment
    attempts: Generated<number>
  }
  organisation_import_lines: {
    import_id: string
    number: number
    cells: Json<Record<string, string>>
    inn: string
    independent: boolean
    outcome: ImportOutcome | null
    problems: Json<string[]>
    changes: Json<FieldChange[]>
    higher_line: number | null
    wave: number | null
    place: number | null
    organisation_id: string | null
    version_before: number | null
    version_after: number | null
    applied_at: OptionalMoment
    failed: string | null
    undone_at: OptionalMoment
    undo_problem: string | null
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ImportsTables {}
}
