import { consentVersion } from '../../contracts/identity.ts'
import type { Tx } from '../kernel/db/index.ts'
import { createAccount, hashPassword, insertConsent, partsOfName } from '../modules/identity/index.ts'
import { standAccounts, standPassword } from './stand.people.ts'

const planter = { requestId: 'stand' }

/** Makes the accounts of the stand's people. Returns their ids by key; grants and memberships are planted with organisations. */
export async function plantAccounts(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const passwordHash = await hashPassword(standPassword)
  const ids = new Map<string, string>()
  for (const { key, login, name, position } of standAccounts) {
    const person = { ...partsOfName(name), position, email: login, emailConfirmed: true, passwordHash }
    const id = await createAccount(tx, planter, person)
    await insertConsent(tx, id, consentVersion)
    ids.set(key, id)
  }
  return ids
}
