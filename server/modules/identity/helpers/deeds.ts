import type { Deeds } from '../../../kernel/room.ts'
import { deeds as ofAccounts } from '../accounts/accounts.phrases.ts'

const aboutOthers = /^(account|grant|factor|password\.temporary|sessions)\b/

/** What acts about others' accounts are called where a person reads what somebody did. */
export const deeds: Deeds = {
  told: Object.fromEntries(Object.entries(ofAccounts).filter(([action]) => aboutOthers.test(action))),
  addresses: { account: (id) => `/accounts/${id}` },
}
