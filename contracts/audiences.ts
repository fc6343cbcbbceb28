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
