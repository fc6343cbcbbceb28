/** What crosses the wire about accounts as those who look after them see them. */
import { z } from 'zod'
import { audiences } from './audiences.ts'
import { AccountEmail, GivenName, Patronymic, Position, Surname } from './identity.ts'
import { Phone } from './requisites.ts'

export const accountStates = ['open', 'waiting', 'refused', 'unconfirmed', 'temporary', 'blocked'] as const
export type AccountState = (typeof accountStates)[number]

/** Those a person can look for; a refused registration is found by its name. */
export const accountSorts = ['name', '-name', 'created', '-created'] as const
export const accountsPageSize = 50

const absent = (value: unknown) => (value === '' ? undefined : value)
const choiceOf = <const T extends readonly string[]>(values: T) =>
  z.preprocess(absent, z.enum(values).optional().catch(undefined))
const RegionCode = z.string().trim().min(1, 'Выберите регион').max(20)
const Role = z.string().trim().min(1, 'Выберите роль').max(40)

export const AccountsQuery = z.object({
  q: z.string().trim().max(200).default('').catch(''),
  audience: choiceOf(audiences),
  state: choiceOf(accountStates),
  role: z.preprocess(absent, Role.optional().catch(undefined)),
  region: z.preprocess(absent, RegionCode.optional().catch(undefined)),
  sort: z.enum(accountSorts).default('name').catch('name'),
  page: z.coerce.number().int().min(1).max(2000).default(1).catch(1),
})
export type AccountsQuery = z.output<typeof AccountsQuery>

const Moment = z.iso.datetime()
export const AccountLine = z.object({
  id: z.uuid(),
  fullName: z.string(),
  email: z.string(),
  position: z.string().nullable(),
  audience: z.enum(audiences),
  state: z.enum(accountStates),
  roles: z.array(z.string()),
  organisation: z.string().nullable(),
  createdAt: Moment,
})
export type AccountLine = z.output<typeof AccountLine>
export const AccountsPage = z.object({ accounts: z.array(AccountLine), total: z.int(), page: z.int() })

const scopes = ['everywhere', 'region', 'subtree', 'organisation'] as const
export const HeldGrant = z.object({
  id: z.uuid(),
  role: z.string(),
  roleName: z.string(),
  scope: z.enum(scopes),
  region: z.string().nullable(),
  regionName: z.string().nullable(),
  organisationId: z.uuid().nullable(),
  organisation: z.string().nullable(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  delegatedBy: z.string().nullable(),
  domain: z.string().nullable(),
})
export type HeldGrant = z.output<typeof HeldGrant>

export const AccountView = z.object({
  id: z.uuid(),
  surname: z.string(),
  name: z.string(),
  patronymic: z.string().nullable(),
  position: z.string().nullable(),
  email: z.string(),
  emailConfirmed: z.boolean(),
  userName: z.string().nullable(),
  phone: z.string().nullable(),
  phoneConfirmed: z.boolean(),
  audience: z.enum(audiences),
  state: z.enum(accountStates),
  region: z.string().nullable(),
  regionName: z.string().nullable(),
  organisationName: z.string().nullable(),
  inn: z.string().nullable(),
  snils: z.string().nullable(),
  createdAt: Moment,
  createdBy: z.string().nullable(),
  registeredAt: Moment.nullable(),
  temporaryPasswordUntil: Moment.nullable(),
  approvalAskedAt: Moment.nullable(),
  approvalReason: z.string().nullable(),
  blockedAt: Moment.nullable(),
  blockedBy: z.string().nullable(),
  blockReason: z.string().nullable(),
  version: z.int(),
  grants: z.array(HeldGrant),
  memberships: z.array(
    z.object({
      organisationId: z.uuid(),
      organisation: z.string(),
      role: z.string(),
      startsOn: z.string(),
      endsOn: z.string().nullable(),
    }),
  ),
  sessions: z.array(
    z.object({ id: z.uuid(), device: z.string(), address: z.string(), createdAt: Moment, lastSeenAt: Moment }),
  ),
  factors: z.object({ authenticator: z.boolean(), sms: z.boolean(), passkeys: z.int(), recoveryCodes: z.int() }),
  helpers: z.array(z.object({ id: z.uuid(), fullName: z.string(), suspended: z.boolean() })),
  factorReset: z
    .object({ id: z.uuid(), reason: z.string(), askedBy: z.string(), askedById: z.uuid(), askedAt: Moment })
    .nullable(),
  may: z.object({
    manage: z.boolean().meta({ description: 'Закрыть, открыть, завершить сеансы, выдать временный пароль' }),
    give: z.boolean().meta({ description: 'Дать роль' }),
    resetFactor: z.boolean(),
  }),
})
export type AccountView = z.output<typeof AccountView>

export const AccountHistory = z.array(
  z.object({ at: Moment, action: z.string(), text: z.string(), by: z.string().nullable() }),
)

const person = {
  surname: Surname,
  name: GivenName,
  email: AccountEmail,
  position: Position,
}
const organisation = z.string().trim().max(300, 'Можно не больше 300 знаков')
const manyRegions = (codes: readonly string[]) => new Set(codes).size === codes.length

export const NewManagedAccount = z.object({
  ...person,
  patronymic: Patronymic.nullable(),
  phone: Phone.nullable(),
  organisation: organisation.nullable(),
  audience: z.enum(audiences).default('staff'),
  regions: z
    .array(RegionCode)
    .min(1, 'Выберите регион')
    .max(100)
    .refine(manyRegions, 'Регион назван дважды')
    .meta({ description: 'За какие регионы отвечает; первый из них: чьи операторы ведут учётную запись' }),
  role: Role.nullable().meta({ description: 'Роль в каждом из регионов; null: без роли' }),
})
export type NewManagedAccount = z.output<typeof NewManagedAccount>

/** A field of one's own for each choice: the form sends one text, or a list. */
const listed = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const emptyAsNull = <S extends z.ZodType>(contract: S) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), contract.nullable())

export const NewManagedAccountForm = NewManagedAccount.extend({
  patronymic: emptyAsNull(Patronymic),
  phone: emptyAsNull(Phone),
  organisation: emptyAsNull(organisation),
  role: emptyAsNull(Role),
  regions: z.preprocess(listed, NewManagedAccount.shape.regions),
})

/** With a password that is shown this once and kept nowhere. */
export const InitialPassword = z.object({
  password: z.string(),
  until: Moment.meta({ description: 'До какого времени с ним можно войти' }),
})
export type InitialPassword = z.output<typeof InitialPassword>
export const MadeAccount = z.object({ id: z.uuid(), initialPassword: InitialPassword })

const Reason = z.string().trim().min(3, 'Назовите причину: её увидит человек').max(1000, 'Можно не больше 1000 знаков')
const Version = z.coerce.number().int().meta({ description: 'Та, которую вы читали: о чужом изменении вы узнаете' })
export const AccountDecision = z.object({ reason: Reason, version: Version })
export type AccountDecision = z.output<typeof AccountDecision>
export const AccountAgreement = z.object({ version: Version })
export const FactorResetRequest = z.object({ reason: Reason })
export const FactorResetAsked = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  fullName: z.string(),
  email: z.string(),
  reason: z.string(),
  askedBy: z.string(),
  askedById: z.uuid(),
  askedAt: Moment,
})
export type FactorResetAsked = z.output<typeof FactorResetAsked>

const Day = z.iso.date('День пишут так: 2027-01-31')
export const GrantToGive = z
  .object({
    role: Role,
    scope: z.enum(scopes),
    region: RegionCode.nullable().default(null),
    organisationId: z.uuid().nullable().default(null),
    startsOn: Day.nullable().default(null).meta({ description: 'null: с сегодняшнего дня' }),
    endsOn: Day.nullable().default(null).meta({ description: 'Последний день; null: без срока' }),
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, {
    path: ['endsOn'],
    message: 'Последний день раньше первого',
  })
export type GrantToGive = z.output<typeof GrantToGive>

/** What a person may do, role by role and place by place. */
export const RightsView = z.array(
  z.object({
    role: z.string(),
    roleName: z.string(),
    where: z.string(),
    scope: z.enum(scopes),
    organisations: z.int().meta({ description: 'Сколько организаций в области действия' }),
    permissions: z.array(z.object({ permission: z.string(), text: z.string() })),
  }),
)
export type RightsView = z.output<typeof RightsView>

export const RegionChoice = z.object({
  region: RegionCode.nullable().meta({ description: 'Один из своих регионов; null: все' }),
})
export const RegionForm = z.object({ region: emptyAsNull(RegionCode) })

/** What is wrong with one line of a table of people. */
export const AccountsImportLine = z.object({
  row: z.int().meta({ description: 'Номер строки в таблице' }),
  name: z.string(),
  problems: z.array(z.object({ column: z.string(), text: z.string() })),
})
export type AccountsImportLine = z.output<typeof AccountsImportLine>
export const AccountsImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  createdAt: Moment,
  confirmedAt: Moment.nullable(),
  finishedAt: Moment.nullable(),
  lines: z.int(),
  good: z.int().meta({ description: 'Без ошибок' }),
  done: z.int().meta({ description: 'Приглашены' }),
  failed: z.int(),
  problems: z.array(AccountsImportLine),
})
export type AccountsImport = z.output<typeof AccountsImport>
export const AccountsTable = z.object({
  file: z.instanceof(File, { message: 'Выберите файл' }).refine(({ size }) => size > 0, 'Выберите файл'),
})
