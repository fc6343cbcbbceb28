import { consentVersion } from '../../contracts/identity.ts'
import type { Tx } from '../kernel/db/index.ts'
import { hashPassword, insertConsent, openAccount, partsOfName } from '../modules/identity/index.ts'
import { standAccounts, standPassword } from './stand.people.ts'
import { demandNoFactors } from './stand.queries.ts'

const planter = { requestId: 'stand' }

/** Makes the accounts of the stand's people. Returns their ids by key; grants and memberships are planted with organisations. */
export async function plantAccounts(tx: Tx): Promise<ReadonlyMap<string, string>> {
  await demandNoFactors(tx)
  const passwordHash = await hashPassword(standPassword)
  const ids = new Map<string, string>()
  for (const { key, login, name, position, audience, snils } of standAccounts) {
    const person = {
      ...partsOfName(name),
      position,
      email: login,
      emailConfirmed: true,
      passwordHash,
      ...(audience ? { audience } : {}),
      ...(snils ? { snils } : {}),
    }
    const id = await openAccount(tx, planter, person)
    await insertConsent(tx, id, consentVersion)
    ids.set(key, id)
  }
  return ids
}
