import { z } from 'zod'
import { Email, Kpp, Ogrn, Okpo, Oktmo, Okved, OrganisationInn, Phone } from './requisites.ts'

/** Organisations and who is attached to them, as they cross the wire. */

export const organisationLevels = ['region', 'municipality', 'institution', 'division', 'branch'] as const
export type OrganisationLevel = (typeof organisationLevels)[number]

/** Parts of a legal person: they share its ИНН and stand under it. */
export const levelsOfParts = ['division', 'branch'] as const satisfies readonly OrganisationLevel[]
export const isPart = (level: OrganisationLevel): boolean => level === 'division' || level === 'branch'

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

/** Manual 2: «правовое положение». */
export const legalStandings = ['autonomous', 'budget', 'treasury'] as const
export type LegalStanding = (typeof legalStandings)[number]

export const settlements = ['city', 'village'] as const
export type Settlement = (typeof settlements)[number]

export const organisationStates = ['active', 'liquidated', 'merged'] as const
export type OrganisationState = (typeof organisationStates)[number]

export const membershipRoles = ['responsible', 'member', 'supervisor'] as const
export type MembershipRole = (typeof membershipRoles)[number]

const text = (most: number) =>
  z.string().trim().min(1, 'Заполните это поле').max(most, `Слишком длинно: можно не больше ${most} знаков`)

/** An empty field of a form says that there is none. */
const orNothing = <S extends z.ZodType<string, string>>(schema: S) =>
  z.union([z.literal('').transform(() => null), schema]).nullable()

/** Codes parted by commas, semicolons or line breaks, as a form sends them, or a list of them. */
const OkvedCodes = z
  .union([
    z.string().transform((typed) => typed.split(/[,;\n]/).filter((part) => part.trim() !== '')),
    z.array(z.string()),
  ])
  .pipe(z.array(Okved).max(100, 'Можно не больше 100 кодов'))
  .transform((codes) => [...new Set(codes)])
  .meta({ description: 'Дополнительные виды деятельности: коды ОКВЭД 2' })

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
const LegalStanding = z.enum(legalStandings, 'Выберите правовое положение')
const Settlement = z.enum(settlements, 'Выберите: город или село')
const Site = z.url({ protocol: /^https?$/, error: 'Адрес сайта начинается с http:// или https://' }).max(300)
const optional = {
  legalStanding: orNothing(LegalStanding),
  settlement: orNothing(Settlement),
  okved: orNothing(Okved),
  okvedAdditional: OkvedCodes,
  kpp: orNothing(Kpp),
  okpo: orNothing(Okpo),
  oktmo: orNothing(Oktmo),
  phone: orNothing(Phone),
  email: orNothing(Email),
  site: orNothing(Site),
  headName: orNothing(text(300)),
  headPosition: orNothing(text(300)),
}

/**
 * E1: what a person who asks to add an organisation, or to edit its requisites, says of it. Every field that the manual
 * names is asked for; a site, additional activities, КПП and ОКТМО not everyone has or knows.
 */
export const OrganisationDetails = z
  .object({
    ...required,
    legalStanding: LegalStanding,
    settlement: Settlement,
    okved: Okved,
    okvedAdditional: OkvedCodes.default([]),
    kpp: optional.kpp.default(null),
    okpo: Okpo,
    oktmo: optional.oktmo.default(null),
    phone: Phone,
    email: Email,
    site: optional.site.default(null),
    headName: text(300),
    headPosition: text(300),
  })
  .meta({ description: 'Сведения об организации' })
export type OrganisationDetails = z.output<typeof OrganisationDetails>

const ParentId = z.uuid('Выберите вышестоящую организацию').nullable().meta({ description: 'Вышестоящая организация' })
/** What an operator must know of an organisation is less: the rest is told later. */
export const NewOrganisation = z.object({
  parentId: ParentId,
  ...required,
  legalStanding: optional.legalStanding.default(null),
  settlement: optional.settlement.default(null),
  okved: optional.okved.default(null),
  okvedAdditional: optional.okvedAdditional.default([]),
  kpp: optional.kpp.default(null),
  okpo: optional.okpo.default(null),
  oktmo: optional.oktmo.default(null),
  phone: optional.phone.default(null),
  email: optional.email.default(null),
  site: optional.site.default(null),
  headName: optional.headName.default(null),
  headPosition: optional.headPosition.default(null),
})
export type NewOrganisation = z.output<typeof NewOrganisation>

const Reason = z
  .string('Напишите причину')
  .trim()
  .min(3, 'Напишите причину: она останется в истории')
  .max(2000)
  .meta({ description: 'Почему: остаётся в истории реквизитов' })
const Version = z.int().meta({ description: 'Та, которую вы читали: чужое изменение не будет затёрто' })

/** What is absent stays as it is. */
export const OrganisationChange = z
  .object({ parentId: ParentId, ...required, ...optional })
  .partial()
  .extend({ reason: Reason, version: Version })
export type OrganisationChange = z.output<typeof OrganisationChange>

/** On a page the higher organisation is told in words, and picked when several answer to them. */
const higher = {
  higher: z.string().trim().max(700).default(''),
  parentId: z.uuid().optional().catch(undefined),
}
/** Identifiers of organisations that were looked at and are others, parted by spaces on a page. */
const Looked = z
  .union([z.string().transform((typed) => typed.split(' ').filter(Boolean)), z.array(z.string())])
  .pipe(z.array(z.uuid()).max(50))
  .default([])
  .meta({ description: 'Похожие организации, которые вы посмотрели: добавляемая не одна из них' })
/** Of the API: the organisation, and those like it that it is not. */
export const OrganisationToAdd = NewOrganisation.extend({ notDuplicateOf: Looked })
export type OrganisationToAdd = z.output<typeof OrganisationToAdd>
export const OrganisationForm = OrganisationToAdd.extend(higher)
export const OrganisationChangeForm = NewOrganisation.extend({
  ...higher,
  reason: Reason,
  version: z.coerce.number().int(),
})
export type HigherInWords = Pick<z.output<typeof OrganisationForm>, keyof typeof higher>

export const OrganisationReference = z.object({ id: z.uuid(), shortName: z.string() })
export type OrganisationReference = z.output<typeof OrganisationReference>

/** An organisation that may be the one that is being added. */
export const SimilarOrganisation = OrganisationReference.extend({
  inn: z.string(),
  address: z.string(),
  higher: OrganisationReference.nullable(),
  why: z
    .enum(['inn', 'name'])
    .meta({ description: 'Тот же ИНН и уровень или похожее название в том же муниципалитете' }),
})
export type SimilarOrganisation = z.output<typeof SimilarOrganisation>

/** What became of an organisation that is there no more. */
export const Ending = z.object({
  state: z.enum(['liquidated', 'merged']),
  /** The day of the act. */
  on: z.iso.date(),
  reason: z.string(),
  successor: OrganisationReference.nullable(),
})
/** ДД.ММ.ГГГГ as people type it, or YYYY-MM-DD of the API. */
const ActDay = z
  .string('Введите дату как ДД.ММ.ГГГГ')
  .trim()
  .max(40, 'Введите дату как ДД.ММ.ГГГГ')
  .transform((typed) =>
    typed.replace(
      /^(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})$/,
      (_, day, month, year) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    ),
  )
  .pipe(z.iso.date('Введите дату как ДД.ММ.ГГГГ, например 18.01.2027'))
  .meta({ description: 'День акта: ДД.ММ.ГГГГ или ГГГГ-ММ-ДД' })
export const Liquidation = z.object({ on: ActDay, reason: Reason, version: Version })
export type Liquidation = z.output<typeof Liquidation>
export const Merger = Liquidation.extend({ intoId: z.uuid('Выберите, в какую организацию она вошла') })
export type Merger = z.output<typeof Merger>
const VersionInForm = { version: z.coerce.number().int() }
export const LiquidationForm = Liquidation.extend(VersionInForm)
/** On a page the other organisation is told in words, and picked when several answer to them. */
export const MergerForm = LiquidationForm.extend({
  into: z.string().trim().min(1, 'Введите название или ИНН организации, в которую эта вошла').max(700),
  intoId: z.uuid().optional().catch(undefined),
})
/** A liquidation or a merger that was a mistake is taken back. */
export const Reopening = z.object({ reason: Reason, version: Version })
export const ReopeningForm = Reopening.extend(VersionInForm)
export type Reopening = z.output<typeof Reopening>

/** One field, changed once. */
export const OrganisationFieldChange = z.object({
  field: z.string(),
  label: z.string().meta({ description: 'Название реквизита' }),
  old: z.string().nullable(),
  new: z.string().nullable(),
  at: z.iso.datetime(),
  by: z.string().nullable().meta({ description: 'Кто изменил; null: программа' }),
  reason: z.string().nullable(),
  applicationId: z.uuid().nullable().meta({ description: 'По какой заявке' }),
})
export type OrganisationFieldChange = z.output<typeof OrganisationFieldChange>

export const OkvedQuery = z.object({
  q: z.string().trim().max(200).catch('').default('').meta({ description: 'Код или слова названия' }),
})
export const OkvedCode = z.object({ code: z.string(), name: z.string() })
export type OkvedCode = z.output<typeof OkvedCode>

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
    legalStanding: z.enum(legalStandings).nullable(),
    settlement: z.enum(settlements).nullable(),
    okved: OkvedCode.nullable(),
    okvedAdditional: z.array(OkvedCode),
    kpp: z.string().nullable(),
    oktmo: z.string().nullable(),
    address: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    site: z.string().nullable(),
    headName: z.string().nullable(),
    headPosition: z.string().nullable(),
    version: z.int(),
    closedAt: z.iso.datetime().nullable(),
    ending: Ending.nullable().meta({ description: 'Что стало с организацией, если её больше нет' }),
    formerNames: z.array(z.string()),
  })
  .meta({ description: 'Организация с реквизитами' })

/** How many rows a page of a list shows. */
export const pageSize = 50

/** A number in an address that is no number is as good as none: the first page is shown. */
const PageNumber = z.coerce.number().int().min(1).max(100_000).catch(1).default(1)
/** An empty choice of a filter means all. */
const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).optional().catch(undefined)

export const OrganisationsQuery = z.object({
  q: z.string().trim().max(200).catch('').default('').meta({ description: 'Слова названия, ИНН, ОГРН или ОКПО' }),
  region: z.string().trim().max(20).optional().meta({ description: 'Код региона' }),
  municipality: z.uuid().optional().catch(undefined).meta({ description: 'Все под этой организацией муниципалитета' }),
  state: choice(organisationStates).meta({ description: 'Состояние; по умолчанию действующие' }),
  kind: choice(organisationKinds).meta({ description: 'Тип организации' }),
  sort: z
    .enum(['relevance', 'name', '-name', 'inn', '-inn'])
    .catch('relevance')
    .default('relevance')
    .meta({ description: 'По умолчанию что ближе к искомому, а без слов по названию' }),
  page: PageNumber.meta({ description: `Страница, по ${pageSize} строк` }),
})
export type OrganisationsQuery = z.output<typeof OrganisationsQuery>

export const OrganisationLine = z.object({
  id: z.uuid(),
  shortName: z.string(),
  inn: z.string(),
  kind: z.enum(organisationKinds),
  level: z.enum(organisationLevels),
  state: z.enum(organisationStates),
  higher: OrganisationReference.nullable(),
})
export type OrganisationLine = z.output<typeof OrganisationLine>

export const OrganisationList = z.object({
  total: z.int(),
  page: z.int(),
  rows: z.array(OrganisationLine),
})
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
