import { z } from 'zod'
import { Email, Ogrn, Okpo, OrganisationInn, Phone } from './requisites.ts'

/** Organisations and who is attached to them, as they cross the wire. */

export const organisationLevels = ['region', 'municipality', 'institution', 'division'] as const
export type OrganisationLevel = (typeof organisationLevels)[number]

export const organisationKinds = [
  'authority',
  'preschool',
  'school',
  'additional',
  'vocational',
  'advanced',
  'other',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

export const legalForms = ['state', 'municipal', 'private'] as const
export type LegalForm = (typeof legalForms)[number]

export const membershipRoles = ['responsible', 'member', 'supervisor'] as const
export type MembershipRole = (typeof membershipRoles)[number]

const text = (most: number) =>
  z.string().trim().min(1, 'Заполните это поле').max(most, `Слишком длинно: можно не больше ${most} знаков`)

/** An empty field of a form says that there is none. */
const orNothing = <S extends z.ZodType<string, string>>(schema: S) =>
  z.union([z.literal('').transform(() => null), schema]).nullable()

const required = {
  shortName: text(300),
  fullName: text(1000),
  level: z.enum(organisationLevels, 'Выберите уровень'),
  kind: z.enum(organisationKinds, 'Выберите тип организации'),
  legalForm: z.enum(legalForms, 'Выберите форму'),
  regionCode: z.string('Выберите регион').trim().min(1, 'Выберите регион').max(20).meta({ description: 'Код региона' }),
  inn: OrganisationInn,
  ogrn: Ogrn,
  address: text(1000),
}
const optional = {
  okpo: orNothing(Okpo),
  phone: orNothing(Phone),
  email: orNothing(Email),
  site: orNothing(z.url({ protocol: /^https?$/, error: 'Адрес сайта начинается с http:// или https://' }).max(300)),
  headName: orNothing(text(300)),
  headPosition: orNothing(text(300)),
}
const ParentId = z.uuid('Выберите вышестоящую организацию').nullable().meta({ description: 'Вышестоящая организация' })
export const NewOrganisation = z.object({
  parentId: ParentId,
  ...required,
  okpo: optional.okpo.default(null),
  phone: optional.phone.default(null),
  email: optional.email.default(null),
  site: optional.site.default(null),
  headName: optional.headName.default(null),
  headPosition: optional.headPosition.default(null),
})
export type NewOrganisation = z.output<typeof NewOrganisation>

/** What is absent stays as it is. */
export const OrganisationChange = z
  .object({ parentId: ParentId, ...required, ...optional })
  .partial()
  .extend({ version: z.int().meta({ description: 'Та, которую вы читали: чужое изменение не будет затёрто' }) })
export type OrganisationChange = z.output<typeof OrganisationChange>

/** On a page the higher organisation is told in words, and picked when several answer to them. */
const higher = {
  higher: z.string().trim().max(700).default(''),
  parentId: z.uuid().optional().catch(undefined),
}
export const OrganisationForm = NewOrganisation.extend(higher)
export const OrganisationChangeForm = OrganisationForm.extend({ version: z.coerce.number().int() })
export type HigherInWords = Pick<z.output<typeof OrganisationForm>, keyof typeof higher>

export const OrganisationReference = z.object({ id: z.uuid(), shortName: z.string() })
export type OrganisationReference = z.output<typeof OrganisationReference>

export const Organisation = z
  .object({
    id: z.uuid(),
    higher: OrganisationReference.nullable().meta({ description: 'Вышестоящая организация' }),
    level: z.enum(organisationLevels),
    shortName: z.string(),
    fullName: z.string(),
    inn: z.string(),
    ogrn: z.string(),
    okpo: z.string().nullable(),
    region: z.object({ code: z.string(), name: z.string() }),
    kind: z.enum(organisationKinds),
    legalForm: z.enum(legalForms),
    address: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    site: z.string().nullable(),
    headName: z.string().nullable(),
    headPosition: z.string().nullable(),
    version: z.int(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ description: 'Организация с реквизитами' })

/** How many rows a page of a list shows. */
export const pageSize = 50

/** A number in an address that is no number is as good as none: the first page is shown. */
const PageNumber = z.coerce.number().int().min(1).max(100_000).catch(1).default(1)
/** An empty choice of a filter means all. */
const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).optional().catch(undefined)

export const OrganisationsQuery = z.object({
  q: z.string().trim().max(200).catch('').default('').meta({ description: 'Часть названия или ИНН' }),
  kind: choice(organisationKinds).meta({ description: 'Тип организации' }),
  sort: z.enum(['name', '-name', 'inn', '-inn']).catch('name').default('name'),
  page: PageNumber.meta({ description: `Страница, по ${pageSize} строк` }),
})
export type OrganisationsQuery = z.output<typeof OrganisationsQuery>

export const OrganisationLine = z.object({
  id: z.uuid(),
  shortName: z.string(),
  inn: z.string(),
  kind: z.enum(organisationKinds),
  level: z.enum(organisationLevels),
  higher: OrganisationReference.nullable(),
})
export type OrganisationLine = z.output<typeof OrganisationLine>

export const OrganisationList = z.object({ total: z.int(), page: z.int(), rows: z.array(OrganisationLine) })
export type OrganisationList = z.output<typeof OrganisationList>

/** The least that is looked for: a shorter word would show the registry itself. */
export const leastSearch = 3

export const OrganisationSearch = z.object({
  q: z
    .string()
    .trim()
    .min(leastSearch, `Введите хотя бы ${leastSearch} знака названия или ИНН`)
    .max(200)
    .meta({ description: 'Часть названия или ИНН' }),
})
export const OrganisationHit = z
  .object({ id: z.uuid(), shortName: z.string(), inn: z.string() })
  .meta({ description: 'Найденная в реестре организация: только название и ИНН' })
export type OrganisationHit = z.output<typeof OrganisationHit>

export const OrganisationMember = z.object({
  membershipId: z.uuid(),
  accountId: z.uuid(),
  fullName: z.string(),
  position: z.string().nullable(),
  role: z.enum(membershipRoles),
  startsOn: z.iso.date(),
  endsOn: z.iso.date().nullable(),
})
export type OrganisationMember = z.output<typeof OrganisationMember>
