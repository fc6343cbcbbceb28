/** What ЕСИА tells of a person: only what it has confirmed itself is taken. */
import { z } from 'zod'
import { readEmail, readOgrn, readPersonInn, readPhone, readSnils } from '../../../../contracts/requisites.ts'
import { EsiaUnconfirmed, EsiaUnreadable } from './esia.errors.ts'
import { askForData, type EsiaGrant } from './exchange.ts'
import type { EsiaProvider } from './provider.ts'

/** An organisation that the person acts for at ЕСИА. */
export const EsiaOrganisation = z.object({
  oid: z.string(),
  shortName: z.string(),
  fullName: z.string(),
  ogrn: z.string(),
  chief: z.boolean(),
})
export type EsiaOrganisation = z.infer<typeof EsiaOrganisation>

export const EsiaPerson = z.object({
  subject: z.string(),
  surname: z.string(),
  name: z.string(),
  patronymic: z.string().nullable(),
  /** 11 digits. */
  snils: z.string().nullable(),
  /** 12 digits. */
  inn: z.string().nullable(),
  /** Confirmed; in lower case. */
  email: z.string().nullable(),
  /** Confirmed; `+7XXXXXXXXXX`. */
  phone: z.string().nullable(),
  organisations: z.array(EsiaOrganisation),
})
export type EsiaPerson = z.infer<typeof EsiaPerson>

const word = z.string().trim().min(1).max(200)
const Oid = z.union([z.number().int().positive(), z.string().regex(/^\d{1,20}$/)]).transform(String)

const PersonReply = z.object({
  firstName: word,
  lastName: word,
  middleName: z.string().trim().max(200).nullish(),
  snils: z.string().max(20).nullish(),
  inn: z.string().max(20).nullish(),
  trusted: z.boolean().optional(),
})
const Contact = z.object({ type: z.string(), value: z.string().max(300), vrfStu: z.string().optional() })
const Role = z.object({
  oid: Oid,
  fullName: z.string().max(2000),
  shortName: z.string().max(1000).nullish(),
  ogrn: z.string().max(20).nullish(),
  chief: z.boolean().optional(),
})
const Elements = z.object({ elements: z.array(z.unknown()).max(100).default([]) })

/**
 * Reads the person behind a marker.
 * @throws EsiaUnconfirmed 403 when ЕСИА has not seen the person's documents; EsiaUnavailable, EsiaUnreadable 502
 */
export async function readPerson(esia: EsiaProvider, { subject, accessToken }: EsiaGrant): Promise<EsiaPerson> {
  const ask = (link: string) => askForData(esia, accessToken, link)
  const told = parsed(PersonReply, await ask(`/rs/prns/${subject}`))
  if (told.trusted !== true) throw new EsiaUnconfirmed()
  const contacts = await elementsOf(ask, `/rs/prns/${subject}/ctts?embed=(elements)`, Contact)
  const roles = esia.scopes.includes('usr_org') ? await elementsOf(ask, `/rs/prns/${subject}/roles`, Role) : []
  return {
    subject,
    surname: told.lastName,
    name: told.firstName,
    patronymic: told.middleName || null,
    snils: readSnils(told.snils ?? '').value ?? null,
    inn: readPersonInn(told.inn ?? '').value ?? null,
    email: readEmail(confirmed(contacts, 'EML')).value?.toLowerCase() ?? null,
    phone: readPhone(confirmed(contacts, 'MBT')).value ?? null,
    organisations: roles.flatMap(organisationOf),
  }
}

const confirmed = (contacts: z.infer<typeof Contact>[], type: 'EML' | 'MBT'): string =>
  contacts.find((contact) => contact.type === type && contact.vrfStu === 'VERIFIED')?.value ?? ''

/** Without an ОГРН it cannot be told from a body of power, and nobody comes in for it. */
function organisationOf(role: z.infer<typeof Role>): EsiaOrganisation[] {
  const ogrn = readOgrn(role.ogrn ?? '').value
  if (!ogrn) return []
  const { oid, fullName, shortName, chief = false } = role
  return [{ oid, ogrn, chief, fullName, shortName: shortName || fullName }]
}

/** A list holds its elements, or links to them: those lead to ЕСИА itself, or the whole answer is not believed. */
async function elementsOf<T extends z.ZodType>(
  ask: (link: string) => Promise<unknown>,
  link: string,
  contract: T,
): Promise<z.output<T>[]> {
  const { elements } = parsed(Elements, await ask(link))
  const found: z.output<T>[] = []
  for (const element of elements) {
    found.push(parsed(contract, typeof element === 'string' ? await ask(element) : element))
  }
  return found
}

function parsed<T extends z.ZodType>(contract: T, body: unknown): z.output<T> {
  const { success, data, error } = contract.safeParse(body)
  if (!success) throw new EsiaUnreadable({}, { cause: error })
  return data
}
