import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db/index.ts'

export type FreshSession = {
  id: string
  email: string | null
  userAgent: string
  address: string
  createdAt: Date
  /** The account has come in before, and never from such a browser. */
  isNew: boolean
}

/** Takes sessions whose people have not been told of them; two nodes never take the same one. */
export async function takeFreshSessions(tx: Tx, limit: number): Promise<FreshSession[]> {
  const { rows } = await sql<FreshSession>`
    with fresh as (
      select id from sessions where announced_at is null order by created_at limit ${limit} for update skip locked
    )
    update sessions s set announced_at = now()
    from fresh, accounts a
    where s.id = fresh.id and a.id = s.account_id
    returning s.id, case when a.email_confirmed_at is not null then a.email end as email,
      s.user_agent as "userAgent", s.address, s.created_at as "createdAt",
      exists (select from sessions e where e.account_id = s.account_id and e.created_at < s.created_at)
      and not exists (
        select from sessions e where e.account_id = s.account_id and e.created_at < s.created_at
          and e.user_agent = s.user_agent) as "isNew"`.execute(tx)
  return rows
}
