/** Who points at files, whichever room's table it is. */
import pg, { type ClientBase } from 'pg'

/**
 * Every column of text that is called `sha256` or `…_sha256` points at a file.
 * @returns a statement with one column, sha256, each once; undefined when no table has such a column
 */
async function referencesStatement(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select class.relname::text as table, attribute.attname::text as column
    from pg_attribute attribute join pg_class class on class.oid = attribute.attrelid
    where class.relnamespace = to_regnamespace('public') and class.relkind in ('r', 'p') and not class.relispartition
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.atttypid = 'text'::regtype
      and attribute.attname ~ '(^|_)sha256$'
    order by 1, 2`)
  if (rows.length === 0) return undefined
  return rows
    .map(({ table, column }) => {
      const name = pg.escapeIdentifier(column)
      return `select ${name} as sha256 from public.${pg.escapeIdentifier(table)} where ${name} is not null`
    })
    .join(' union ')
}

/** Hashes of all files that rows point at, within the caller's transaction; a cursor keeps memory bounded. */
export async function* fileReferences(client: ClientBase): AsyncGenerator<string> {
  const statement = await referencesStatement(client)
  if (!statement) return
  await client.query(`declare file_references no scroll cursor for ${statement}`)
  for (;;) {
    const { rows } = await client.query<{ sha256: string }>('fetch 1000 from file_references')
    if (rows.length === 0) break
    for (const { sha256 } of rows) yield sha256
  }
  await client.query('close file_references')
}

/** Of these files those that no row points at. @throws RangeError where no table points at files: a wrong database */
export async function listForgotten(client: ClientBase, hashes: readonly string[]): Promise<string[]> {
  const statement = await referencesStatement(client)
  if (!statement) throw new RangeError('No table points at files')
  const { rows } = await client.query<{ sha256: string }>(
    `select given.sha256 from unnest($1::text[]) given(sha256)
     where not exists (select from (${statement}) pointing where pointing.sha256 = given.sha256)`,
    [hashes],
  )
  return rows.map(({ sha256 }) => sha256)
}
