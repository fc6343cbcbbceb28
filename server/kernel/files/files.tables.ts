import type { ColumnType } from 'kysely'

export interface FilesTables {
  files: {
    id: string
    sha256: string
    size: number
    media_type: string
    name: string
    created_at: ColumnType<Date, undefined, never>
    created_by: string | null
  }
}

declare module '../db/database.ts' {
  interface Database extends FilesTables {}
}
