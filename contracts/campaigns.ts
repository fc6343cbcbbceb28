/**
 * Campaigns on the wire: who must send which form for which period by when, how far it has come, and how it is hurried
 * on, extended and closed.
 */
import { z } from 'zod'
import { Refusal } from './decisions.ts'
import { organisationKinds, organisationLevels } from './organisations.ts'

const Id = z.uuid()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })
const mostListed = 5000

/** All that is said must hold; what is empty asks nothing. Of a territory, a region or an organisation with all below it. */
export const AudienceRule = z.object({
  kinds: z.array(z.enum(organisationKinds)).default([]).meta({ description: 'Типы организаций; пусто: любой' }),
  levels: z.array(z.enum(organisationLevels)).default([]).meta({ description: 'Уровни; пусто: любой' }),
  regions: z.array(z.string().max(10)).max(100).default([]).meta({ description: 'Коды регионов' }),
  under: z.array(Id).max(500).default([]).meta({ description: 'Организации, которые участвуют вместе с подчинёнными' }),
})
export type AudienceRule = z.output<typeof AudienceRule>

export const Audience = z.object({
  rules: z.array(AudienceRule).max(10).default([]).meta({ description: 'Участвует, кто подходит хотя бы под одно' }),
  also: z.array(Id).max(mostListed).default([]).meta({ description: 'Участвуют, хотя под правила не подходят' }),
  except: z.array(Id).max(mostListed).default([]).meta({ description: 'Не участвуют, хотя подходят' }),
})
export type Audience = z.output<typeof Audience>

export const defaultReminderDays = [14, 3, 1, -1, -7]

const Terms = z.object({
  deadline: z.iso.datetime({ offset: true, error: 'Укажите срок' }),
  opensAt: z.iso
    .datetime({ offset: true })
    .nullable()
    .default(null)
    .meta({ description: 'Когда открыть; null: сразу' }),
  reminderDays: z
    .array(z.int().min(-60, 'Напоминать можно не позже 60 дней после срока').max(120, 'Не раньше 120 дней до срока'))
    .max(12, 'Не больше 12 напоминаний')
    .default(defaultReminderDays)
    .meta({ description: 'За сколько дней до срока напомнить; меньше нуля — после него' }),
  regular: z.boolean().default(false).meta({ description: 'Предлагать сбор за следующий период самому' }),
})

export const NewCampaign = Terms.extend({
  form: Id.meta({ description: 'id формы; сбор идёт по версии, действующей за период' }),
  year: z.coerce.number('Год — четыре цифры').int('Год — четыре цифры').min(1990, 'Год — четыре цифры').max(2200),
  periodKind: z.coerce.number().int().min(1).max(12).default(1).meta({ description: '1 год, 4 квартал, 12 месяц' }),
  periodNumber: z.coerce.number().int().min(1).max(12).default(1),
  organisationKind: z
    .enum(organisationKinds, 'Выберите, от кого собирать')
    .optional()
    .meta({ description: 'Короче, чем audience: все организации одного типа' }),
  audience: Audience.optional(),
  draft: z.boolean().default(false).meta({ description: 'true: только черновик, отчёты появятся при открытии' }),
})
  .refine(({ audience, organisationKind }) => audience !== undefined || organisationKind !== undefined, {
    path: ['organisationKind'],
    message: 'Выберите, от кого собирать',
  })
  .refine(({ periodKind, periodNumber }) => periodNumber <= periodKind, {
    path: ['periodNumber'],
    message: 'Такого периода в году нет',
  })
export type NewCampaign = z.output<typeof NewCampaign>
export type CampaignSent = z.input<typeof NewCampaign>

export const CampaignChange = Terms.extend({
  version: z.coerce.number().int().min(1).meta({ description: 'Версия, которую меняют' }),
  audience: Audience,
})
export type CampaignChange = z.output<typeof CampaignChange>

export const campaignStates = ['draft', 'scheduled', 'open', 'closed'] as const
export type CampaignState = (typeof campaignStates)[number]

export const Campaign = z.object({
  id: Id,
  form: z.object({ id: Id, code: z.string(), cipher: z.string(), name: z.string(), version: z.int() }),
  title: z.string(),
  year: z.int(),
  periodKind: z.int(),
  periodNumber: z.int(),
  state: z.enum(campaignStates),
  deadline: Moment,
  opensAt: Moment.nullable(),
  openedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  reminderDays: z.array(z.int()),
  regular: z.boolean(),
  audience: Audience,
  version: z.int(),
  reports: z.int().meta({ description: 'Сколько организаций должны отчитаться' }),
})
export type Campaign = z.output<typeof Campaign>

export const campaignsOnPage = 50
export const CampaignsQuery = z.object({
  state: z.enum(campaignStates).optional().catch(undefined),
  form: z.string().max(60).optional().catch(undefined),
  year: z.coerce.number().int().min(1990).max(2200).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type CampaignsQuery = z.output<typeof CampaignsQuery>
export const CampaignList = z.object({
  total: z.int(),
  campaigns: z.array(Campaign.omit({ audience: true }).extend({ accepted: z.int(), sent: z.int(), overdue: z.int() })),
})
export type CampaignList = z.output<typeof CampaignList>

/** Who would be asked, and who is left out though a rule or the list names it. */
export const leftOutReasons = ['closed', 'excepted', 'elsewhere'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

const Named = z.object({ id: Id, shortName: z.string(), inn: z.string() })
export const AudiencePreview = z.object({
  total: z.int(),
  organisations: z.array(Named),
  leftOutTotal: z.int(),
  leftOut: z.array(Named.extend({ why: z.enum(leftOutReasons) })),
  /** Of a campaign that is open: what the change would do. */
  joining: z.int(),
  withdrawn: z.int().meta({ description: 'Отчёты без данных, которые будут отозваны' }),
  kept: z.int().meta({ description: 'Отчёты с данными, которые останутся' }),
})
export type AudiencePreview = z.output<typeof AudiencePreview>

export const Extension = z.object({
  reports: z.array(Id, 'Выберите отчёты').min(1, 'Выберите отчёты').max(500, 'За один раз — не больше 500 отчётов'),
  until: z.iso.datetime({ offset: true, error: 'Укажите новый срок' }),
  reason: z
    .string('Напишите причину')
    .trim()
    .min(3, 'Напишите причину: её увидит организация')
    .max(1000, 'Причина — не длиннее 1000 знаков'),
})
export type Extension = z.output<typeof Extension>

/** How the term of one report was moved, the latest first. */
export const ReportExtensions = z.object({
  extensions: z.array(
    z.object({ id: Id, until: Moment, reason: z.string(), givenAt: Moment, by: z.string().nullable() }),
  ),
})
export type ReportExtensions = z.output<typeof ReportExtensions>

export const ReportIds = z.object({
  reports: z.array(Id, 'Выберите отчёты').min(1, 'Выберите отчёты').max(500, 'За один раз — не больше 500 отчётов'),
})

export const BulkAcceptance = ReportIds.extend({
  levels: z
    .record(Id, z.string().max(100))
    .default({})
    .meta({ description: 'По id отчёта — код уровня, на котором он принимается; обязателен, если уровней несколько' }),
})
export type BulkAcceptance = z.output<typeof BulkAcceptance>

export const BulkRefusal = ReportIds.extend({ reason: Refusal.shape.reason })
export type BulkRefusal = z.output<typeof BulkRefusal>

export const BulkReportsOutcome = z.object({
  done: z.array(Id),
  failed: z.array(z.object({ id: Id, organisation: z.string(), problem: z.string() })),
})
export type BulkReportsOutcome = z.output<typeof BulkReportsOutcome>

export const Substitution = z.object({
  id: Id,
  organisation: z.object({ id: Id, shortName: z.string() }),
  absent: z.string(),
  substitute: z.string(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  reason: z.string().nullable(),
})
export type Substitution = z.output<typeof Substitution>
export const Substitutions = z.object({ substitutions: z.array(Substitution) })
export const NewSubstitution = z.object({
  organisationId: Id,
  absentId: z.uuid('Выберите, кого замещают'),
  substituteId: z.uuid('Выберите, кто замещает'),
  startsOn: z.iso.date('Укажите первый день'),
  endsOn: z.iso.date('Укажите последний день'),
  reason: z.string().trim().max(300).nullable().default(null),
})
export type NewSubstitution = z.output<typeof NewSubstitution>

/** Columns of the board: each report is counted in one of the first five, and in others besides. */
export const progressStates = ['untouched', 'filling', 'sent', 'accepted', 'refused'] as const
export type ProgressState = (typeof progressStates)[number]

export const Progress = z.object({
  total: z.int(),
  untouched: z.int().meta({ description: 'Не начаты' }),
  filling: z.int().meta({ description: 'Заполняются' }),
  sent: z.int().meta({ description: 'На проверке' }),
  accepted: z.int(),
  refused: z.int(),
  overdue: z.int().meta({ description: 'Не отправлены, а действующий срок прошёл' }),
  withErrors: z.int().meta({ description: 'Не отправлены, последняя проверка нашла ошибки' }),
  filled: z.number().meta({ description: 'Заполнено в среднем, от 0 до 1' }),
})
export type Progress = z.output<typeof Progress>

export const boardSorts = [
  'term',
  'organisation',
  '-organisation',
  'filled',
  '-filled',
  'errors',
  '-errors',
  'sent',
  '-sent',
] as const
export const BoardQuery = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  district: z
    .union([Id, z.literal('none')])
    .optional()
    .catch(undefined),
  state: z
    .enum([...progressStates, 'overdue', 'errors', 'outside'])
    .optional()
    .catch(undefined),
  kind: z.enum(organisationKinds).optional().catch(undefined),
  sort: z.enum(boardSorts).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type BoardQuery = z.output<typeof BoardQuery>

export const DayProgress = z.object({ day: z.iso.date(), sent: z.int(), accepted: z.int(), refused: z.int() })
export type DayProgress = z.output<typeof DayProgress>

export const Board = z.object({
  all: Progress,
  districts: z.array(Progress.extend({ id: Id.nullable(), name: z.string() })),
  days: z.array(DayProgress),
})
export type Board = z.output<typeof Board>
