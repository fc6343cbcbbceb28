import { sql } from 'kysely'
import { type Db, often } from '../../kernel/db/index.ts'
import { closedFor, type FailureLimit } from './sessions.queries.ts'

export type Candidate = {
  id: string
  surname: string
  name: string
  patronymic: string | null
  email: string
  confirmed: boolean
  blocked: boolean
  passwordHash: string | null
}

/**
 * The account that a typed login means, and whether the sign-in is closed, in one round trip. A confirmed address comes
 * first; of several registrations that wait under one address, the newest.
 * @param login in lower case
 * @param phone the login read as a telephone, if it can be
 */
export async function findCandidate(
  db: Db,
  login: string,
  phone: string | undefined,
  byLogin: FailureLimit,
  byAddress: FailureLimit,
): Promise<{ closedSeconds: number | null; candidate: Candidate | undefined }> {
  const { rows } = await sql<
    { closedSeconds: number | null } & { [K in keyof Candidate]: Candidate[K] | null }
  >`${often}
    select ${closedFor(byLogin, byAddress)} as "closedSeconds", found.id, found.surname, found.name, found.patronymic,
      found.email, found.email_confirmed_at is not null as confirmed, found.blocked_at is not null as blocked,
      found.password_hash as "passwordHash"
    from (values (1)) as always left join lateral (
      select * from (
        select 1 as place, a.* from accounts a where email = ${login} and email_confirmed_at is not null
        union all
        select 2, a.* from accounts a where user_name = ${login}
        union all
        select 3, a.* from accounts a where phone = ${phone ?? null} and phone_confirmed_at is not null
        union all
        (select 4, a.* from accounts a where email = ${login} and email_confirmed_at is null
         order by created_at desc limit 1)
      ) as meant order by place limit 1
    ) as found on true`.execute(db)
  const [row] = rows
  if (!row?.id) return { closedSeconds: row?.closedSeconds ?? null, candidate: undefined }
  const { closedSeconds, ...candidate } = row
  return { closedSeconds, candidate: candidate as Candidate } // as: with its key, a row has all that `not null` promises
}
