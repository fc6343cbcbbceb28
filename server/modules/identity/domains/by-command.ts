/** What an administrator asks of a directory from the command line. */
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { findOwnerOf } from '../accounts/accounts.queries.ts'
import { tieAccount } from './arrivals.ts'
import { lookUp } from './directory.ts'
import { proofIn } from './domain-sign-in.ts'
import { domainOf } from './domains.ts'

const operator = { requestId: 'command-line' }

/** What the directory of a login says of it; undefined when the login leads to none. */
export async function findByLogin(login: string) {
  const asked = domainOf(login)
  return asked && { domain: asked.domain, finding: await lookUp(asked) }
}

/**
 * Ties the one person of a directory to the account that has confirmed the address.
 * @returns why not, or undefined when it is done
 * @throws DomainTiedToAnother, DomainTiedAlready 409; DomainIncomplete 403
 */
export async function tieByEmail(db: Db, baseUrl: string, login: string, email: string): Promise<string | undefined> {
  const found = await findByLogin(login)
  if (found?.finding.kind !== 'found') return 'Домен не ответил: проверьте сначала «bin/domain find»'
  const [person, another] = found.finding.people
  if (!person || another) return 'Нужен ровно один человек: проверьте сначала «bin/domain find»'
  const proof = proofIn(found.domain, person)
  return transaction({ db }, async (tx) => {
    const owner = await findOwnerOf(tx, email.toLowerCase())
    if (!owner) return `Учётной записи с подтверждённой почтой ${email} нет`
    await tieAccount(tx, operator, { account: { id: owner.id, email: email.toLowerCase() }, baseUrl }, proof)
    return undefined
  })
}
