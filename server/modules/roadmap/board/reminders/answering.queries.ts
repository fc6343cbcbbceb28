import { sql } from 'kysely'
import type { Permission } from '../../../../kernel/access/index.ts'
import type { Db } from '../../../../kernel/db/index.ts'

/** Who answers for a region. `parts`: a helper's limits, null when there are none; see `placeOfRegion`. */
export type Answering = { accountId: string; fullName: string; region: string; parts: string[] | null; helper: boolean }

const holds = (alias: string) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`${column('revoked_at')} is null and ${column('starts_on')} <= current_date
    and coalesce(${column('ends_on')} >= current_date, true)`
}

/**
 * Today's operators of the regions, and the helpers to whom one that still is an operator, and has not suspended them,
 * has lent the permission.
 */
export async function listAnswering(db: Db, regions: readonly string[], permission: Permission): Promise<Answering[]> {
  const { rows } = await sql<Answering>`
    with operators as (
      select held.account_id, held.region_code from grants held
      join accounts account on account.id = held.account_id and account.blocked_at is null and account.erased_at is null
      where held.role = 'region-operator' and held.scope = 'region' and held.delegated_by is null and ${holds('held')}
        and held.region_code = any(${[...regions]}::text[])),
    everyone as (
      select account_id, region_code, null::text[] as parts, false as helper from operators
      union
      select lent.account_id, lent.region_code, lent.parts, true from grants lent
      join operators operator on operator.account_id = lent.delegated_by and operator.region_code = lent.region_code
      join helpers helper on helper.account_id = lent.account_id and helper.operator_id = lent.delegated_by
        and helper.removed_at is null and helper.suspended_at is null
      where lent.scope = 'region' and lent.form_id is null and ${permission} = any(lent.permissions) and ${holds('lent')})
    select everyone.account_id as "accountId", everyone.region_code as region, parts, helper,
      concat_ws(' ', account.surname, account.name, account.patronymic) as "fullName"
    from everyone
    join accounts account on account.id = everyone.account_id and account.blocked_at is null and account.erased_at is null
    order by account.surname, account.name, account.id, everyone.region_code`.execute(db)
  return rows
}

/** What somebody is to be told of: where it is, and which part of the roadmap it belongs to. */
export type Asked = { region: string; part: string }

const answersFor = ({ region, parts }: Answering, asked: Asked): boolean =>
  region === asked.region && (parts === null || parts.includes(asked.part))

/** Each person with all it answers for, once, in the order of the list. */
export function sharedOut<T extends Asked>(
  answering: readonly Answering[],
  asked: readonly T[],
): { accountId: string; fullName: string; helper: boolean; asked: T[] }[] {
  return [...Map.groupBy(answering, ({ accountId }) => accountId)].flatMap(([accountId, grants]) => {
    const own = asked.filter((each) => grants.some((grant) => answersFor(grant, each)))
    const [first] = grants
    return first && own.length > 0
      ? [{ accountId, fullName: first.fullName, helper: grants.every(({ helper }) => helper), asked: own }]
      : []
  })
}

/** Regions of which nobody answers for anything that is asked. */
export function unanswered<T extends Asked>(answering: readonly Answering[], asked: readonly T[]): string[] {
  const regions = [...new Set(asked.map(({ region }) => region))]
  return regions.filter((region) => !answering.some((person) => person.region === region))
}
