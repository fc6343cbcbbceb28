import { sql } from 'kysely'
import { type Db, often, type Tx } from '../../../kernel/db/index.ts'
import { type StandingRow, standingColumns, standingOf } from '../steps/standing.queries.ts'
import type { Standing } from '../steps/steps.ts'
import { closedFor, type FailureLimit } from './sessions.queries.ts'

/** The counts that may close a sign-in. */
export type Closings = {
  /** This login from this network address. */
  here: FailureLimit
  /** Every login from this network address. */
  byAddress: FailureLimit
  /** This login from all places where its owner has not been. */
  overall: FailureLimit
  /** This browser, when it is a familiar one. */
  device: FailureLimit
}
/** Seconds until each lets in again; null when it does. */
export type Closed = { here: number | null; overall: number | null; device: number | null }

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
  /** One of the last sessions came from the same network address. */
  knownNetwork: boolean
}
type CandidateRow = Omit<Candidate, 'standing'> & StandingRow

/**
 * The account that a typed login means, and whether the sign-in is closed, in one round trip. A confirmed address comes
 * first; of several registrations that wait under one address, the newest.
 * @param login in lower case
 * @param phone the login read as a telephone, if it can be
 * @param address of the network that the call comes from
 * @param deviceHash of the cookie of a trusted device, if the browser has one
 */
export async function findCandidate(
  db: Db,
  login: string,
  phone: string | undefined,
  { here, byAddress, overall, device }: Closings,
  address: string,
  deviceHash: Buffer | null,
): Promise<{ closed: Closed; candidate: Candidate | undefined }> {
  const { rows } = await sql<{ closed: Closed } & ({ id: null } | CandidateRow)>`${often}
    select json_build_object('here', ${closedFor(here, byAddress)}, 'overall', ${closedFor(overall, overall)},
        'device', ${closedFor(device, device)}) as closed, ${wasAt(address)} as "knownNetwork", a.id, a.surname, a.name, a.patronymic,
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
  if (!row?.id) return { closed: row?.closed ?? open, candidate: undefined }
  const { id, surname, name, patronymic, email, passwordHash, closed, trusted, knownNetwork, ...standing } = row
  const person = { id, surname, name, patronymic, email, passwordHash, trusted, knownNetwork }
  return { closed, candidate: { ...person, standing: standingOf(standing) } }
}

const open: Closed = { here: null, overall: null, device: null }

/** Among the last twenty sessions: an account that everybody of an office enters must not be searched through. */
const wasAt = (address: string) => sql<boolean>`
  exists (select from (select s.address from sessions s where s.account_id = a.id order by s.last_seen_at desc limit 20)
    as lately where lately.address = ${address})`

/** The counts of a login at every place. */
export const forgetLogin = (tx: Tx, prefix: string) =>
  tx.deleteFrom('rate_limits').where(sql<boolean>`starts_with(bucket, ${prefix})`).execute()
