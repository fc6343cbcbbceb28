/** What a directory or a provider says of a person, read into what an account is made of. */
import { readEmail, readPhone } from '../../../../contracts/requisites.ts'
import { partsOfName } from '../accounts/account.ts'
import type { GroupGrant } from './domain-file.ts'
import { DomainIncomplete } from './domains.errors.ts'
import type { Domain, Provider } from './domains.ts'

export type Source = Pick<Domain | Provider, 'key' | 'title' | 'audience' | 'mailDomains'>

/** A person whom a domain or a provider has proved. */
export type Proof = {
  source: Source
  subject: string
  surname: string
  name: string
  patronymic: string | null
  position: string | null
  phone: string | null
  /** In lower case; undefined when nothing is said, which is enough for whoever has an account already. */
  email: string | undefined
  /** The address is the domain's own. */
  emailVouched: boolean
  groups: GroupGrant[]
}

/** @throws DomainIncomplete 403 when there is no name, or nothing by which to know the person again */
export function proofOf(source: Source, values: Record<string, string | undefined>, groups: GroupGrant[]): Proof {
  const { surname, name, patronymic } = nameOf(values)
  const lacks = [values.subject ? '' : 'постоянный номер записи', surname ? '' : 'фамилия', name ? '' : 'имя']
  const lacking = lacks.filter(Boolean)
  if (lacking.length > 0 || !values.subject) {
    throw new DomainIncomplete({ title: source.title, lacks: lacking.join(', ') })
  }
  const email = readEmail(values.mail ?? '').value?.toLowerCase()
  return {
    source,
    subject: values.subject.slice(0, 500),
    surname,
    name,
    patronymic,
    position: values.position?.slice(0, 300) || null,
    phone: readPhone(values.phone ?? '').value ?? null,
    email,
    emailVouched: email !== undefined && isVouched(email, source.mailDomains),
    groups,
  }
}

/** «Фамилия Имя Отчество» in one field stands in for what has no field of its own. */
function nameOf(values: Record<string, string | undefined>) {
  const whole = partsOfName(values.fullName ?? '')
  const own = values.surname !== undefined && values.name !== undefined
  // «Светлана Викторовна» in the field of the name, as directories without a field for the patronymic have it.
  const [first = '', ...rest] = own ? (values.name ?? '').split(/\s+/) : [whole.name]
  const [surname, name] = own ? [values.surname ?? '', first] : [whole.surname, whole.name]
  const patronymic = values.patronymic ?? (rest.join(' ') || (whole.surname === surname ? whole.patronymic : null))
  return { surname: surname.slice(0, 100), name: name.slice(0, 100), patronymic: patronymic?.slice(0, 100) || null }
}

/** The very domain: that of a part of it may be given to others. */
const isVouched = (email: string, mailDomains: readonly string[]): boolean =>
  mailDomains.includes(email.slice(email.lastIndexOf('@') + 1))
