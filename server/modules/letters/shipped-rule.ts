/** Who may write by the rules the program ships: for reading letters without a database. */
import { firstRules } from '../../../contracts/audiences.ts'
import { readReference } from '../../kernel/reference.ts'
import { domainsOf, isListed } from '../identity/index.ts'

/** The rule of staff as an installation begins with it. */
export function shippedRule(): (email: string) => boolean {
  const free = domainsOf(readReference('free-mail-domains.txt').toString('utf8'))
  const { mailDomains, listedDomains } = firstRules.staff
  return (email) => {
    const domain = email.slice(email.lastIndexOf('@') + 1)
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return false
    switch (mailDomains) {
      case 'any':
        return true
      case 'not-free':
        return !isListed(domain, free)
      case 'listed':
        return isListed(domain, listedDomains)
    }
  }
}
