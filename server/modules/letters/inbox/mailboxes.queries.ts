import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/index.ts'

/** False while another program reads the mailbox. @param alone nobody else can: who held it has died */
export async function takeLease(db: Db, name: string, by: string, seconds: number, alone: boolean): Promise<boolean> {
  const { rows } = await sql`
    insert into mailboxes (name, leased_by, leased_until) values (${name}, ${by}, now() + make_interval(secs => ${seconds}))
    on conflict (name) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
    where ${alone} or mailboxes.leased_by = excluded.leased_by or mailboxes.leased_until is null
      or mailboxes.leased_until < now()
    returning name`.execute(db)
  return rows.length > 0
}

export const releaseLease = (db: Db, name: string, by: string) =>
  db
    .updateTable('mailboxes')
    .set({ leased_by: null, leased_until: null })
    .where('name', '=', name)
    .where('leased_by', '=', by)
    .execute()

/** How far the mailbox was read; from the beginning when the server has numbered its letters anew (RFC 3501, 2.3.1.1). */
export async function beginReading(db: Db, name: string, uidValidity: string): Promise<number> {
  const row = await db
    .updateTable('mailboxes')
    .set({
      uid_validity: uidValidity,
      last_uid: sql`case when uid_validity = ${uidValidity}::bigint then last_uid else 0 end`,
      looked_at: sql<Date>`now()`,
      problem: null,
    })
    .where('name', '=', name)
    .returning('last_uid')
    .executeTakeFirstOrThrow()
  return Number(row.last_uid)
}

/** False when another has taken the mailbox over meanwhile: then nothing of this letter may be kept. */
export async function noteRead(tx: Tx, name: string, by: string, uidValidity: string, uid: number): Promise<boolean> {
  const row = await tx
    .updateTable('mailboxes')
    .set({ last_uid: sql`greatest(last_uid, ${uid}::bigint)`, looked_at: sql<Date>`now()` })
    .where('name', '=', name)
    .where('leased_by', '=', by)
    .where('uid_validity', '=', uidValidity)
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

export const noteProblem = (db: Db, name: string, problem: string) =>
  db
    .updateTable('mailboxes')
    .set({ problem: problem.slice(0, 500) })
    .where('name', '=', name)
    .execute()
