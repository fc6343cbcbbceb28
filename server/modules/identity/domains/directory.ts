/**
 * Asking a directory: find the one entry that a login means, then bind as it with the password. Nothing is remembered
 * between two sign-ins, and every wait has an end.
 */

import { randomUUID } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { BusyError, Client, type Entry, InvalidCredentialsError, ResultCodeError, UnavailableError } from 'ldapts'
import { Busy } from '../../../kernel/errors/index.ts'
import { refusalIn } from './ad-codes.ts'
import type { DirectoryRefusal } from './domains.phrases.ts'
import type { Domain, DomainLogin } from './domains.ts'
import { filterOf } from './filter.ts'
import { openSecureSocket } from './secure-socket.ts'

export type DirectoryPerson = { values: Record<string, string | undefined>; groups: string[] }
export type DirectoryAnswer =
  | { kind: 'proved'; person: DirectoryPerson }
  /** `why` is for the journal alone. */
  | { kind: 'wrong'; why?: 'ambiguous' }
  | { kind: 'refused'; why: DirectoryRefusal }
  | { kind: 'unavailable'; why: string }

/** A slow directory must not hold every connection of the program. */
const mostAtOnce = 50
let asking = 0

/**
 * @param password not empty: to a directory, an empty one is no password at all, and it says yes (RFC 4513, 5.1.2)
 * @throws Busy 503 when too many are being asked at once
 */
export async function askDirectory(asked: DomainLogin, password: string): Promise<DirectoryAnswer> {
  if (password === '') return { kind: 'wrong' }
  if (asking >= mostAtOnce) throw new Busy()
  asking += 1
  try {
    return await withClient(asked.domain, (client) => proofOf(client, asked, password))
  } catch (error) {
    return { kind: 'unavailable', why: reasonOf(error) }
  } finally {
    asking -= 1
  }
}

export type Finding = { kind: 'found'; people: DirectoryPerson[] } | { kind: 'unavailable'; why: string }

/** What the directory says of a login, without its password: at most two people. For an administrator's eyes. */
export async function lookUp(asked: DomainLogin): Promise<Finding> {
  const { domain } = asked
  try {
    return await withClient(domain, async (client) => {
      await client.bind(domain.bindDn, domain.bindPassword)
      const entries = await findEntries(client, asked)
      const people = entries.map(async (entry) => personOf(domain, entry, await groupsOf(client, domain, entry)))
      return { kind: 'found', people: await Promise.all(people) }
    })
  } catch (error) {
    return { kind: 'unavailable', why: reasonOf(error) }
  }
}

async function proofOf(client: Client, asked: DomainLogin, password: string): Promise<DirectoryAnswer> {
  const { domain } = asked
  await client.bind(domain.bindDn, domain.bindPassword)
  const entries = await findEntries(client, asked)
  const [entry] = entries.length === 1 ? entries : []
  const groups = entry ? await groupsOf(client, domain, entry) : []
  // Whoever is not there is asked for too, so that the answer takes as long as a wrong password does.
  const refused = await refusalOfBind(client, entry?.dn || `cn=${randomUUID()},${domain.baseDn}`, password)
  if (refused) return refused
  if (entries.length > 1) return { kind: 'wrong', why: 'ambiguous' }
  return entry?.dn ? { kind: 'proved', person: personOf(domain, entry, groups) } : { kind: 'wrong' }
}

async function findEntries(client: Client, { domain, login, user }: DomainLogin): Promise<Entry[]> {
  const { attributes } = domain
  const { searchEntries } = await client.search(domain.baseDn, {
    scope: 'sub',
    filter: filterOf(domain.userFilter, { login, user }),
    attributes: Object.values(attributes),
    explicitBufferAttributes: [attributes.subject, 'objectGUID'],
    // Two are enough to know that it is not one.
    sizeLimit: 2,
    timeLimit: domain.timeoutSeconds,
  })
  // Where else to ask (referrals), nobody is: only the servers of the file are believed.
  return searchEntries
}

async function groupsOf(client: Client, domain: Domain, entry: Entry): Promise<string[]> {
  if (!domain.groupSearch) return textsOf(attributeOf(entry, domain.attributes.groups))
  const { searchEntries } = await client.search(domain.groupSearch.baseDn, {
    scope: 'sub',
    filter: filterOf(domain.groupSearch.filter, { dn: entry.dn }),
    attributes: ['1.1'],
    sizeLimit: 1000,
    timeLimit: domain.timeoutSeconds,
  })
  return searchEntries.map(({ dn }) => dn)
}

async function refusalOfBind(client: Client, dn: string, password: string): Promise<DirectoryAnswer | undefined> {
  try {
    await client.bind(dn, password)
    return undefined
  } catch (error) {
    if (!(error instanceof ResultCodeError) || error instanceof UnavailableError || error instanceof BusyError)
      throw error
    const why = error instanceof InvalidCredentialsError ? refusalIn(error.message) : undefined
    return why ? { kind: 'refused', why } : { kind: 'wrong' }
  }
}

function personOf({ attributes }: Domain, entry: Entry, groups: string[]): DirectoryPerson {
  const one = (name: keyof typeof attributes) => textsOf(attributeOf(entry, attributes[name]))[0]
  const [id] = [attributeOf(entry, attributes.subject)].flat()
  const subject = Buffer.isBuffer(id) ? subjectOf(id) : id
  return {
    values: {
      subject,
      surname: one('surname'),
      name: one('name'),
      patronymic: one('patronymic'),
      fullName: one('fullName'),
      mail: one('mail'),
      position: one('position'),
      phone: one('phone'),
    },
    groups,
  }
}

/** A GUID of Active Directory is bytes; `entryUUID` and the like are text already. */
const subjectOf = (id: Buffer): string | undefined => {
  if (id.length === 0) return undefined
  const text = id.toString('latin1')
  return /^[\x21-\x7e]+$/.test(text) && id.length !== 16 ? text : id.toString('hex')
}

/** A directory may answer with its own spelling of the attribute that it was asked for. */
const attributeOf = (entry: Entry, attribute: string): Entry[string] | undefined =>
  Object.entries(entry).find(([name]) => name.toLowerCase() === attribute.toLowerCase())?.[1]

const textsOf = (value: Entry[string] | undefined): string[] =>
  [value ?? []]
    .flat()
    .map((one) => one.toString().trim())
    .filter(Boolean)

/** The first server that answers; the connection is used once, and never opened anew. */
async function withClient<T>(domain: Domain, work: (client: Client) => Promise<T>): Promise<T> {
  const socket = await firstSocket(domain)
  let used = false
  const client = new Client({
    url: 'ldap://already.invalid',
    timeout: domain.timeoutSeconds * 1000,
    createConnection: () => {
      if (used) throw new Error('ECONNRESET')
      used = true
      return socket
    },
  })
  try {
    return await work(client)
  } finally {
    await client.unbind().catch(() => undefined)
    socket.destroy()
  }
}

async function firstSocket({ urls, ca, timeoutSeconds }: Domain): Promise<TLSSocket> {
  let last: unknown
  for (const url of urls) {
    try {
      return await openSecureSocket({ url, ca, seconds: timeoutSeconds })
    } catch (error) {
      last = error
    }
  }
  throw last
}

/** For the journal: what failed, without anybody's data. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('code' in error && typeof error.code === 'number') return `ldap ${error.code}`
  return /^(ETIMEDOUT|ECONNRESET|StartTLS refused)$/.test(error.message)
    ? error.message
    : 'connection lost or timed out'
}
