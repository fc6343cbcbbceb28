import { sql } from 'kysely'
import { type Db, often } from '../../../kernel/db/index.ts'
import { type StandingRow, standingColumns, standingOf } from '../steps/standing.queries.ts'
import type { Standing } from '../steps/steps.ts'
import { closedFor, type FailureLimit } from './sessions.queries.ts'

export type Candidate = {
  id: string
  surname: string
  name: string
  patronymic: string | null
  email: string
  passwordHash: string | null
  standing: Standing
  /** The browser is one on which the second factor is not asked for again. */
  trusted: boolean
}
type CandidateRow = Omit<Candidate, 'standing'> & StandingRow

/**
 * The account that a typed login means, and whether the sign-in is closed, in one round trip. A confirmed address comes
 * first; of several registrations that wait under one address, the newest.
 * @param login in lower case
 * @param phone the login read as a telephone, if it can be
 * @param deviceHash of the cookie of a trusted device, if the browser has one
 */
export async function findCandidate(
  db: Db,
  login: string,
  phone: string | undefined,
  byLogin: FailureLimit,
  byAddress: FailureLimit,
  deviceHash: Buffer | null,
): Promise<{ closedSeconds: number | null; candidate: Candidate | undefined }> {
  const { rows } = await sql<{ closedSeconds: number | null } & ({ id: null } | CandidateRow)>`${often}
    select ${closedFor(byLogin, byAddress)} as "closedSeconds", a.id, a.surname, a.name, a.patronymic,
      a.email, a.password_hash as "passwordHash", ${standingColumns(deviceHash)}
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
    ) as a on true`.execute(db)
  const [row] = rows
  if (!row?.id) return { closedSeconds: row?.closedSeconds ?? null, candidate: undefined }
  const { id, surname, name, patronymic, email, passwordHash, closedSeconds, trusted, ...standing } = row
  const person = { id, surname, name, patronymic, email, passwordHash, trusted }
  return { closedSeconds, candidate: { ...person, standing: standingOf(standing) } }
}
