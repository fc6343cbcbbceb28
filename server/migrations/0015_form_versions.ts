import { sql } from 'kysely'
import type { Tx } from '../kernel/db/index.ts'

/** Versions of forms with from and to; their source may be YAML as well as XML. */
export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table form_versions
      add column valid_from date,
      add column valid_to date,
      add column source_format text not null default 'xml' check (source_format in ('xml', 'yaml')),
      add constraint form_versions_from_to check (valid_to >= valid_from)`.execute(tx)
}
