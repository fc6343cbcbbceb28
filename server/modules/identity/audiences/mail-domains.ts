/** Which addresses an audience may have (manual 5: free mail services are refused, corporate domains are used). */
import { domainToASCII, domainToUnicode } from 'node:url'
import type { AudienceRule } from '../../../../contracts/audiences.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { AppError } from '../../../kernel/errors/index.ts'
import { MailDomainFree, MailDomainNotListed } from './audiences.errors.ts'
import { audiencesPhrases } from './audiences.phrases.ts'
import { findFreeOf } from './free-mail.queries.ts'

/** `text` is for a form, which tells it beside the field. */
export type MailRefusal = { error: AppError; text: string }

/**
 * Why an address cannot be of an audience; undefined when it can.
 * @returns MailDomainFree or MailDomainNotListed, both 422
 */
export async function refusalOfMail(
  db: Db,
  rule: Pick<AudienceRule, 'mailDomains' | 'listedDomains'>,
  email: string,
): Promise<MailRefusal | undefined> {
  const domain = domainOf(email)
  switch (rule.mailDomains) {
    case 'any':
      return undefined
    case 'not-free': {
      const free = await findFreeOf(db, domainsAbove(domain))
      return free && { error: new MailDomainFree({ domain }), text: audiencesPhrases['mail-domain-free']({ domain }) }
    }
    case 'listed': {
      if (isListed(domain, rule.listedDomains)) return undefined
      const told = { domain, listed: rule.listedDomains }
      return { error: new MailDomainNotListed(told), text: audiencesPhrases['mail-domain-not-listed'](told) }
    }
  }
}

export const isListed = (domain: string, listed: readonly string[]): boolean => {
  const above = new Set(domainsAbove(comparable(domain)))
  return listed.some((each) => above.has(comparable(each)))
}

/**
 * A domain as lists hold it: in letters of its own, lower case, and wide or otherwise dressed-up signs made plain, so
 * that a look-alike spelling of a free service is that service.
 */
export const comparable = (domain: string): string => {
  const plain = domain.trim().toLowerCase()
  return domainToUnicode(domainToASCII(plain)) || plain
}

const domainOf = (email: string): string => comparable(email.slice(email.lastIndexOf('@') + 1))

/** «a.b.ru» → itself, «b.ru», «ru». */
function domainsAbove(domain: string): string[] {
  const labels = domain.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}
