/** What an address of mail says about who asks. */
import type { Db } from '../../kernel/db/index.ts'
import { refusalOfMail } from '../identity/index.ts'
import type { Check } from './application-type.ts'

/** Mail services where anyone opens a mailbox under any name are a list that administrators keep. */
const isFree = async (db: Db, email: string): Promise<boolean> =>
  (await refusalOfMail(db, { mailDomains: 'not-free', listedDomains: [] }, email)) !== undefined

/** @param organisation the organisation's own address; null when the registry has none */
export async function checkMail(db: Db, applicant: string, organisation: string | null): Promise<Check> {
  if (await isFree(db, applicant))
    return { tone: 'warn', text: 'Почта бесплатной службы: проверьте, тот ли это человек' }
  if (!organisation) return { tone: 'warn', text: 'У организации не указана почта, домен сравнить не с чем' }
  const domain = domainOf(organisation)
  return domainOf(applicant) === domain
    ? { tone: 'ok', text: 'Почта в служебном домене организации' }
    : { tone: 'warn', text: `Почта не в домене организации (${domain})` }
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
