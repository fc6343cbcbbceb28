/** The rules of an audience: by which doors its people come in, and what is asked of them on the way. */
import { z } from 'zod'

export const audiences = ['staff', 'specialist', 'citizen', 'company', 'support'] as const
export type Audience = (typeof audiences)[number]

export const audienceNames: Record<Audience, string> = {
  staff: 'Сотрудники органов власти и их учреждений',
  specialist: 'Специалисты',
  citizen: 'Граждане и коммерческие организации',
  company: 'Управляющие и ресурсоснабжающие организации',
  support: 'Сотрудники поддержки',
}

/** «svetlorechye.example»; stands for its subdomains too. */
export const MailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{3,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]+$/u,
    'Домен пишут так: org.example',
  )

/** Fields of a registration beyond name, e-mail and password. */
export const registrationFields = ['position', 'phone', 'inn', 'snils', 'organisation'] as const
export type RegistrationField = (typeof registrationFields)[number]

export const AudienceRule = z.object({
  doors: z.object({
    password: z.boolean(),
    passkey: z.boolean(),
    domain: z.boolean().meta({ description: 'Вход через домен (LDAP) или внешнего поставщика (OpenID Connect)' }),
    esia: z.enum(['no', 'tied', 'yes']).meta({
      description: 'tied: только привязанная учётная запись; yes: первый вход создаёт учётную запись',
    }),
  }),
  registration: z.enum(['closed', 'open', 'approved']).meta({ description: 'approved: после одобрения оператором' }),
  fields: z.array(z.enum(registrationFields)),
  mailDomains: z.enum(['any', 'not-free', 'listed']),
  listedDomains: z.array(MailDomain).max(1000),
  confirmation: z.enum(['email', 'sms', 'either']).meta({ description: 'Чем подтверждают регистрацию' }),
  unconfirmed: z.enum(['refused', 'limited']).meta({
    description: 'Вход с неподтверждёнными контактами: отказ или сеанс, в котором можно только подтвердить их',
  }),
  identification: z.enum(['none', 'inn-or-snils']).meta({ description: 'Что спрашивают при первом входе' }),
  secondFactor: z.enum(['own-choice', 'demanded']),
  passwordProfile: z.enum(['four-classes', 'long']),
  seat: z.boolean().meta({ description: 'Одна учётная запись на организацию: передаётся, но не делится' }),
})
export type AudienceRule = z.infer<typeof AudienceRule>

/** What an installation begins with (manuals 1, 3, 4 and 5; an administrator changes it). */
export const firstRules: Record<Audience, AudienceRule> = {
  staff: {
    doors: { password: true, passkey: true, domain: true, esia: 'tied' },
    registration: 'open',
    fields: ['position'],
    mailDomains: 'not-free',
    listedDomains: [],
    confirmation: 'email',
    unconfirmed: 'refused',
    identification: 'none',
    secondFactor: 'own-choice',
    passwordProfile: 'four-classes',
    seat: false,
  },
  specialist: {
    doors: { password: true, passkey: true, domain: false, esia: 'tied' },
    registration: 'open',
    fields: ['phone', 'inn'],
    mailDomains: 'any',
    listedDomains: [],
    confirmation: 'either',
    unconfirmed: 'limited',
    identification: 'inn-or-snils',
    secondFactor: 'own-choice',
    passwordProfile: 'four-classes',
    seat: false,
  },
  citizen: {
    doors: { password: false, passkey: false, domain: false, esia: 'yes' },
    registration: 'closed',
    fields: [],
    mailDomains: 'any',
    listedDomains: [],
    confirmation: 'email',
    unconfirmed: 'limited',
    identification: 'none',
    secondFactor: 'own-choice',
    passwordProfile: 'four-classes',
    seat: false,
  },
  company: {
    doors: { password: true, passkey: true, domain: false, esia: 'no' },
    registration: 'closed',
    fields: [],
    mailDomains: 'any',
    listedDomains: [],
    confirmation: 'email',
    unconfirmed: 'refused',
    identification: 'none',
    secondFactor: 'own-choice',
    passwordProfile: 'four-classes',
    seat: false,
  },
  support: {
    doors: { password: true, passkey: true, domain: true, esia: 'no' },
    registration: 'closed',
    fields: [],
    mailDomains: 'not-free',
    listedDomains: [],
    confirmation: 'email',
    unconfirmed: 'refused',
    identification: 'none',
    secondFactor: 'demanded',
    passwordProfile: 'four-classes',
    seat: false,
  },
}

/** What a rule must hold in itself, whoever it is for; the rest depends on the accounts there are. */
export const SoundRule = AudienceRule.superRefine((rule, context) => {
  for (const { field, broken, text } of soundness)
    if (broken(rule)) context.addIssue({ code: 'custom', path: field.split('.'), message: text })
})

type Soundness = { field: string; broken: (rule: AudienceRule) => boolean; text: string }
const soundness: readonly Soundness[] = [
  {
    field: 'doors.password',
    broken: ({ doors }) => !doors.password && !doors.domain && doors.esia !== 'yes',
    text: 'Оставьте хотя бы один способ, которым можно войти в первый раз: пароль, домен или Госуслуги. Ключ доступа и привязка Госуслуг настраиваются уже в кабинете',
  },
  {
    field: 'registration',
    broken: ({ registration, doors }) => registration !== 'closed' && !doors.password,
    text: 'При регистрации придумывают пароль: откройте вход по паролю или закройте регистрацию',
  },
  {
    field: 'confirmation',
    broken: ({ registration, confirmation, fields }) =>
      registration !== 'closed' && confirmation === 'sms' && !fields.includes('phone'),
    text: 'Чтобы подтверждать регистрацию кодом из СМС, спрашивайте при ней телефон',
  },
  {
    field: 'listedDomains',
    broken: ({ mailDomains, listedDomains }) => mailDomains === 'listed' && listedDomains.length === 0,
    text: 'Перечислите домены служебной почты, по одному в строке',
  },
]

export const AudienceView = z.object({
  audience: z.enum(audiences),
  name: z.string(),
  rule: AudienceRule,
  version: z.int().meta({ description: '0: правило ещё не меняли, действует то, что пришло с программой' }),
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
  accounts: z.int().meta({ description: 'Сколько учётных записей' }),
})
export type AudienceView = z.output<typeof AudienceView>

export const RuleToPreview = z.object({ rule: SoundRule })
export const RuleChange = z.object({
  rule: SoundRule,
  version: z.int().min(0).meta({ description: 'Та, которую вы читали: чужое изменение не будет затёрто' }),
})
export type RuleChange = z.output<typeof RuleChange>

/** What a change of a rule does to people. */
export const ruleEffects = [
  'no-door',
  'door-password',
  'door-passkey',
  'door-domain',
  'door-esia',
  'contacts',
  'identification',
  'second-factor',
  'mail-domain',
  'seat',
] as const
export type RuleEffect = (typeof ruleEffects)[number]

export const RulePreview = z.object({
  accounts: z.int(),
  effects: z.array(
    z.object({
      effect: z.enum(ruleEffects),
      text: z.string(),
      count: z.int(),
      first: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
  ),
  refusal: z.string().nullable().meta({ description: 'Почему так сохранить нельзя' }),
})
export type RulePreview = z.output<typeof RulePreview>

export const RuleHistory = z.array(
  z.object({
    at: z.iso.datetime(),
    by: z.string().nullable(),
    version: z.int(),
    changes: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
  }),
)
export type RuleHistory = z.output<typeof RuleHistory>

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

/** A rule as the page posts it: one name for each answer. */
const RuleFields = z.object({
  doorPassword: ticked,
  doorPasskey: ticked,
  doorDomain: ticked,
  doorEsia: AudienceRule.shape.doors.shape.esia,
  registration: AudienceRule.shape.registration,
  askPosition: ticked,
  askPhone: ticked,
  askInn: ticked,
  askSnils: ticked,
  askOrganisation: ticked,
  mailDomains: AudienceRule.shape.mailDomains,
  listedDomains: z.string().max(100_000).default(''),
  confirmation: AudienceRule.shape.confirmation,
  unconfirmed: AudienceRule.shape.unconfirmed,
  identification: AudienceRule.shape.identification,
  secondFactor: AudienceRule.shape.secondFactor,
  passwordProfile: AudienceRule.shape.passwordProfile,
  seat: ticked,
})
export type RuleFields = z.input<typeof RuleFields>

/** Which box of the page asks for which field of a registration. */
export const askedBy = {
  position: 'askPosition',
  phone: 'askPhone',
  inn: 'askInn',
  snils: 'askSnils',
  organisation: 'askOrganisation',
} as const satisfies Record<RegistrationField, keyof RuleFields>

/** Where the page tells what is wrong with a part of a rule. */
const boxOf = (path: PropertyKey[]): string => {
  const [part] = path
  return part === 'doors' ? 'doorPassword' : String(part)
}

export const RuleForm = RuleFields.extend({
  version: z.coerce.number().int().min(0),
  /** First the effects are looked at, then the rule is saved; or it is mended once more. */
  step: z.enum(['preview', 'save', 'edit']).catch('preview'),
}).transform(({ version, step, ...fields }, context) => {
  const read = SoundRule.safeParse({
    doors: {
      password: fields.doorPassword,
      passkey: fields.doorPasskey,
      domain: fields.doorDomain,
      esia: fields.doorEsia,
    },
    registration: fields.registration,
    fields: registrationFields.filter((field) => fields[askedBy[field]]),
    mailDomains: fields.mailDomains,
    listedDomains: domainsIn(fields.listedDomains),
    confirmation: fields.confirmation,
    unconfirmed: fields.unconfirmed,
    identification: fields.identification,
    secondFactor: fields.secondFactor,
    passwordProfile: fields.passwordProfile,
    seat: fields.seat,
  })
  if (read.success) return { rule: read.data, version, step }
  for (const issue of read.error.issues)
    context.addIssue({ code: 'custom', path: [boxOf(issue.path)], message: issue.message })
  return z.NEVER
})

const domainsIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,;]+/)
      .map((word) => word.replace(/^@/, '').toLowerCase())
      .filter(Boolean),
  ),
]

/** The same rule as the boxes of the page hold it. */
export const ruleInFields = (rule: AudienceRule): Record<string, string> => {
  const boxes: Record<string, boolean> = {
    doorPassword: rule.doors.password,
    doorPasskey: rule.doors.passkey,
    doorDomain: rule.doors.domain,
    seat: rule.seat,
    ...Object.fromEntries(registrationFields.map((field) => [askedBy[field], rule.fields.includes(field)])),
  }
  const { registration, mailDomains, confirmation, unconfirmed, identification, secondFactor, passwordProfile } = rule
  return {
    ...Object.fromEntries(Object.keys(boxes).flatMap((name) => (boxes[name] ? [[name, 'on']] : []))),
    doorEsia: rule.doors.esia,
    listedDomains: rule.listedDomains.join('\n'),
    registration,
    mailDomains,
    confirmation,
    unconfirmed,
    identification,
    secondFactor,
    passwordProfile,
  }
}

export const FreeMailDomain = z.object({ domain: MailDomain })
export const FreeMailDomains = z.array(z.string())
