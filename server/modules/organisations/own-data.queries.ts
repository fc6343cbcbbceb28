/** What organisations keep about one person, and what the person answers for in them. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'

export const exportOwn = async ({ db, account }: Context): Promise<Record<string, unknown>> => ({
  memberships: await db
    .selectFrom('memberships as m')
    .innerJoin('organisations as o', 'o.id', 'm.organisation_id')
    .select([
      'o.short_name as organisation',
      'm.role',
      'm.starts_on as startsOn',
      'm.ends_on as endsOn',
      'm.attached_at as attachedAt',
      'm.ended_at as endedAt',
    ])
    .where('m.account_id', '=', account.id)
    .orderBy('m.attached_at')
    .execute(),
  seats: await db
    .selectFrom('seats as s')
    .innerJoin('organisations as o', 'o.id', 's.organisation_id')
    .select(['o.short_name as organisation', 's.held_from as heldFrom', 's.held_until as heldUntil'])
    .where('s.account_id', '=', account.id)
    .orderBy('s.held_from')
    .execute(),
})

/** An organisation is not left without the holder of its seat, nor without anyone responsible. */
export async function mustHandOver(db: Db, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string; kind: 'seat' | 'responsible' }>`
    select o.short_name as name, 'seat' as kind from seats s join organisations o on o.id = s.organisation_id
    where s.account_id = ${accountId} and s.held_until is null and o.closed_at is null
    union all
    select o.short_name, 'responsible' from memberships m join organisations o on o.id = m.organisation_id
    where m.account_id = ${accountId} and m.role = 'responsible' and m.ended_at is null
      and coalesce(m.ends_on >= current_date, true) and o.closed_at is null
      and not exists (select from seats s
        where s.organisation_id = o.id and s.account_id = m.account_id and s.held_until is null)
      and not exists (select from memberships other join accounts a on a.id = other.account_id
        where other.organisation_id = o.id and other.account_id <> m.account_id and other.role = 'responsible'
          and other.ended_at is null and coalesce(other.ends_on >= current_date, true) and a.blocked_at is null)
    order by 1`.execute(db)
  return rows.map(({ name, kind }) =>
    kind === 'seat'
      ? `За вами место организации «${name}»: передайте его преемнику на странице организации.`
      : `Вы единственный ответственный организации «${name}»: пусть прикрепят ещё одного, иначе отчитываться будет некому.`,
  )
}

/** Who was attached where stays told by the id alone; what goes on is ended. */
export async function eraseOwn(tx: Tx, accountId: string): Promise<void> {
  await sql`
    update memberships set ended_at = now(), ended_by = ${accountId}
    where account_id = ${accountId} and ended_at is null`.execute(tx)
  await sql`
    update seat_offers set withdrawn_at = now()
    where (to_account_id = ${accountId} or offered_by = ${accountId})
      and accepted_at is null and refused_at is null and withdrawn_at is null`.execute(tx)
}
