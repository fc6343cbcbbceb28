/**
 * The file of DOMAINS_FILE: directories (LDAP, Active Directory) and providers of OpenID Connect by which people come
 * in. It is read once, at the start; docs/operations/access.md explains it to administrators.
 */
import { FilterParser } from 'ldapts'
import { z } from 'zod'
import { MailDomain } from '../../../../contracts/audiences.ts'
import { Ogrn, OrganisationInn } from '../../../../contracts/requisites.ts'
import { type Grant, roles } from '../../../kernel/access/index.ts'
import { filterOf } from './filter.ts'

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'Имя пишут строчными латинскими буквами, цифрами и дефисом')
const Title = z.string().trim().min(1).max(100)
const Path = z.string().min(1)
const Attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9;.-]*$/, 'Это не имя атрибута')
const Seconds = z.number().int().min(1).max(30)
/** Whose people these are: nobody else has a domain. */
const audiences = z.enum(['staff', 'support'])

/** «The domain vouches for»: addresses there are its own, so they need no letter to be confirmed. */
const MailDomains = z.array(MailDomain).max(100).default([])

const OrganisationNumber = z
  .strictObject({ ogrn: Ogrn.optional(), inn: OrganisationInn.optional() })
  .refine(({ ogrn, inn }) => (ogrn === undefined) !== (inn === undefined), 'Укажите что-то одно: ogrn или inn')
export type OrganisationNumber = z.infer<typeof OrganisationNumber>

/** What belonging to a group gives. */
const GroupGrant = z
  .strictObject({
    group: z.string().min(1).max(1000),
    role: z.enum(roles),
    everywhere: z.literal(true).optional(),
    region: z
      .string()
      .regex(/^\d{2,3}$/, 'Код региона: две или три цифры')
      .optional(),
    subtree: OrganisationNumber.optional(),
    organisation: OrganisationNumber.optional(),
  })
  .refine(
    ({ everywhere, region, subtree, organisation }) =>
      [everywhere, region, subtree, organisation].filter((scope) => scope !== undefined).length === 1,
    'Укажите, где действует роль, одним из способов: everywhere, region, subtree или organisation',
  )
export type GroupGrant = z.infer<typeof GroupGrant>

const LdapAddress = z
  .string()
  .refine((address) => isLdapAddress(address), 'Нужен адрес ldaps://имя или ldap://имя, без пути')
const Dn = z.string().min(3).max(1000)

const Domain = z
  .strictObject({
    name: Name,
    title: Title,
    urls: z.array(LdapAddress).min(1).max(8),
    startTls: z.boolean().default(false),
    caFile: Path.optional(),
    bindDn: Dn,
    bindPasswordFile: Path,
    baseDn: Dn,
    userFilter: z.string().refine((filter) => isUserFilter(filter), 'Нужен фильтр LDAP с {login} или {user}'),
    attributes: z
      .strictObject({
        subject: Attribute.default('objectGUID'),
        surname: Attribute.default('sn'),
        name: Attribute.default('givenName'),
        patronymic: Attribute.default('middleName'),
        fullName: Attribute.default('displayName'),
        mail: Attribute.default('mail'),
        position: Attribute.default('title'),
        phone: Attribute.default('telephoneNumber'),
        groups: Attribute.default('memberOf'),
      })
      .prefault({}),
    /** The part after `@` of a login that leads here. */
    suffixes: MailDomains,
    /** The part before `\` of a login that leads here. */
    shortNames: z
      .array(z.string().regex(/^[\p{L}\p{N}._-]{1,30}$/u))
      .max(20)
      .default([]),
    mailDomains: MailDomains,
    audience: audiences.default('staff'),
    groups: z.array(GroupGrant).max(500).default([]),
    groupSearch: z
      .strictObject({
        baseDn: Dn,
        filter: z.string().refine((filter) => isGroupFilter(filter), 'Нужен фильтр LDAP с {dn}'),
      })
      .optional(),
    timeoutSeconds: Seconds.default(5),
    /** Fewer than close an account in the domain itself, or a stranger could close it from here. */
    mostFailures: z.number().int().min(1).max(10).default(4),
  })
  .refine(({ urls, startTls }) => startTls || urls.every((url) => url.startsWith('ldaps:')), {
    path: ['startTls'],
    error: 'По ldap:// пароли шли бы открыто: поставьте "startTls": true или адреса ldaps://',
  })
  .refine(({ suffixes, shortNames }) => suffixes.length + shortNames.length > 0, {
    path: ['suffixes'],
    error: 'Нужен хотя бы один suffixes или shortNames: по нему узнают, чей это логин',
  })
export type DomainEntry = z.infer<typeof Domain>

const Claim = z.string().min(1).max(100)
const Provider = z.strictObject({
  name: Name,
  title: Title,
  issuer: z
    .string()
    .refine((issuer) => isIssuer(issuer), 'Нужен адрес https:// (http:// только для этого же компьютера)'),
  clientId: z.string().min(1).max(300),
  clientSecretFile: Path,
  scopes: z.array(z.string().regex(/^[\x21-\x7e]+$/)).default(['openid', 'profile', 'email']),
  claims: z
    .strictObject({
      surname: Claim.default('family_name'),
      name: Claim.default('given_name'),
      patronymic: Claim.default('middle_name'),
      fullName: Claim.default('name'),
      mail: Claim.default('email'),
      position: Claim.default('position'),
      phone: Claim.default('phone_number'),
      groups: Claim.default('groups'),
    })
    .prefault({}),
  mailDomains: MailDomains,
  audience: audiences.default('staff'),
  groups: z.array(GroupGrant).max(500).default([]),
  timeoutSeconds: Seconds.default(10),
})
export type ProviderEntry = z.infer<typeof Provider>

export const DomainFile = z
  .strictObject({ domains: z.array(Domain).max(50).default([]), providers: z.array(Provider).max(20).default([]) })
  .superRefine(({ domains, providers }, issues) => {
    const named = [...domains.map(({ name }) => name), ...providers.map(({ name }) => name)]
    for (const name of repeated(named)) issues.addIssue({ code: 'custom', message: `Имя ${name} дано дважды` })
    const suffixes = domains.flatMap((domain) => [
      ...domain.suffixes,
      ...domain.shortNames.map((one) => `${one.toLowerCase()}\\`),
    ])
    for (const suffix of repeated(suffixes))
      issues.addIssue({ code: 'custom', message: `Логин с «${suffix}» вёл бы сразу в два домена` })
  })

/** A grant of a group, when its organisation is found in the registry by number. */
export function grantOf(
  { role, region, subtree, organisation }: GroupGrant,
  organisationId: string | undefined,
): Grant | undefined {
  if (region) return { role, scope: 'region', region }
  if (!subtree && !organisation) return { role, scope: 'everywhere' }
  return organisationId ? { role, scope: subtree ? 'subtree' : 'organisation', organisationId } : undefined
}

const repeated = (values: string[]): string[] => [
  ...new Set(values.filter((value, place) => values.indexOf(value) !== place)),
]

function isLdapAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, pathname, search, username } = new URL(address)
  return /^ldaps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '' && username === ''
}

function isIssuer(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

export const isLoopback = (hostname: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)

const isUserFilter = (filter: string): boolean => /\{(login|user)\}/.test(filter) && isFilter(filter)
const isGroupFilter = (filter: string): boolean => filter.includes('{dn}') && isFilter(filter)

function isFilter(template: string): boolean {
  try {
    FilterParser.parseString(filterOf(template, { login: 'a@b', user: 'a', dn: 'cn=a' }))
    return template.startsWith('(')
  } catch {
    return false
  }
}
