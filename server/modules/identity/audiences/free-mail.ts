/** Free mail services: whose staff may not use them for work. The list is shipped and an administrator's to change. */
import { MailDomain } from '../../../../contracts/audiences.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { readReference, WrongReference } from '../../../kernel/reference.ts'
import { DomainListed } from './audiences.errors.ts'
import { insertKnownDomains, listDomains, putDomain, takeDomainOut } from './free-mail.queries.ts'
import { comparable } from './mail-domains.ts'

const file = 'free-mail-domains.txt'

/** The file cannot be taken as it is. */
export class WrongDomains extends WrongReference {
  constructor(problems: readonly string[]) {
    super(file, problems)
  }
}

/**
 * Brings the shipped list in, at every start: what a later version of it adds is added, what an administrator has taken
 * out stays out.
 * @throws WrongDomains with every line that is wrong
 */
export async function loadFreeMailDomains(db: Db): Promise<void> {
  const domains = domainsOf(readReference(file).toString('utf8'))
  if (domains.length > 0) await transaction({ db }, (tx) => insertKnownDomains(tx, domains))
}

/**
 * @param text a domain a line; empty lines and those that begin with # are passed over
 * @throws WrongDomains
 */
export function domainsOf(text: string): string[] {
  const problems: string[] = []
  const domains = new Set<string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const typed = line.trim()
    if (typed === '' || typed.startsWith('#')) continue
    const read = MailDomain.safeParse(typed)
    if (read.success) domains.add(comparable(read.data))
    else problems.push(`строка ${index + 1}: «${typed}» не похоже на домен, нужен один домен, например mail.example`)
  }
  if (problems.length > 0) throw new WrongDomains(problems)
  return [...domains].sort()
}

export const viewFreeMail = (ctx: Context, q = ''): Promise<string[]> => listDomains(ctx.db, q.trim().toLowerCase())

/** @throws DomainListed 409 when it stands in the list already */
export const addFreeMail = (ctx: Context, typed: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const domain = comparable(typed)
    if (!(await putDomain(tx, domain, ctx.account.id))) throw new DomainListed({ domain })
    journal(tx, ctx, 'free-mail.added', { kind: 'mail-domain', id: domain })
  })

/** @throws NotFound 404 when it does not stand in the list */
export const removeFreeMail = (ctx: Context, typed: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const domain = comparable(typed)
    if (!(await takeDomainOut(tx, domain, ctx.account.id))) throw new NotFound({ what: 'mail-domain' })
    journal(tx, ctx, 'free-mail.removed', { kind: 'mail-domain', id: domain })
  })
