import type { ColumnType, JSONColumnType } from 'kysely'
import type { Template } from '../../../../engine/index.ts'
import type { BookSheet } from './books.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type OptionalId = ColumnType<string | null, string | null | undefined, string | null>

interface DesignerTables {
  form_drafts: {
    id: string
    template: JSONColumnType<Template>
    version: ColumnType<number, number | undefined, number>
    origin: 'blank' | 'version' | 'xml' | 'yaml' | 'xlsx'
    /** The version that it was begun from. */
    base_id: OptionalId
    /** Values that the form is tried on. */
    sample: ColumnType<Record<string, string>, string | undefined, string>
    /** Controls that have found something in some sample. */
    fired: ColumnType<string[], string[] | undefined, string[]>
    created_at: Moment
    created_by: OptionalId
    changed_at: Moment
    changed_by: OptionalId
    published_id: OptionalId
    discarded_at: OptionalMoment
    discarded_by: OptionalId
  }
  form_draft_changes: {
    draft_id: string
    number: number
    at: Moment
    by: OptionalId
    part: string
    told: string
    before: ColumnType<unknown, string | null, string | null>
  }
  form_draft_visits: { draft_id: string; account_id: string; part: string; at: Moment }
  form_draft_books: {
    id: string
    file_name: string
    sheets: JSONColumnType<BookSheet[]>
    created_at: Moment
    created_by: OptionalId
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends DesignerTables {}
}
