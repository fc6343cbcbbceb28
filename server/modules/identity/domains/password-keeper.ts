import type { Db } from '../../../kernel/db/index.ts'
import { listTied } from '../external/external-identities.queries.ts'
import { hasPassword } from './arrivals.queries.ts'
import { titleOf } from './domains.ts'

/** «Администрация области»: where the password of an account is kept that has none in the cabinet. */
export async function passwordKeeperOf(db: Db, accountId: string): Promise<string | undefined> {
  if (await hasPassword(db, accountId)) return undefined
  const tied = await listTied(db, accountId)
  const keepers = tied.filter(({ provider }) => /^(domain|openid):/.test(provider))
  return keepers.length > 0 ? keepers.map(({ provider }) => `«${titleOf(provider)}»`).join(', ') : undefined
}
