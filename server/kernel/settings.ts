/**
 * Every setting of the program, in one place. `docs/operations/settings.md` is generated from this table.
 * Without configuration the program is the stand; production demands its settings and says all that is wrong at once.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type EsiaSettings, esiaEntries, esiaProblems, readEsia } from './settings.esia.ts'
import { type InboxSettings, inboxEntries, readInbox } from './settings.inbox.ts'
import { type RegistrySettings, readRegistry, registryEntries } from './settings.registry.ts'
import { readServices, type Service, servicesEntry } from './settings.services.ts'
import { readStorage, type S3Settings, storageEntries, storageProblems } from './settings.storage.ts'

export type Environment = 'stand' | 'production'

export type Settings = {
  environment: Environment
  port: number
  host: string
  /** Without a trailing slash; every link in a letter begins with it, whatever the request's headers say. */
  baseUrl: string
  dataDirectory: string
  databaseUrl: string | undefined
  /** Undefined: files lie in the data directory. */
  s3: S3Settings | undefined
  secretKey: string
  mailUrl: string | undefined
  mailFrom: string
  sms: SmsSettings
  supportContacts: string
  services: readonly Service[]
  /** Undefined: not configured; the stand then has its own. */
  esia: EsiaSettings | undefined
  /** Undefined: personal data are not checked; the stand then has one of its own. */
  registry: RegistrySettings | undefined
  /** Undefined: letters that ask for access are not read. */
  inbox: InboxSettings | undefined
  /** Directories and providers by which people sign in. */
  domainsFile: string | undefined
  timeZone: string
  logLevel: LogLevel
  trustProxy: boolean
  databaseConnections: number
}

export type SmsSettings = {
  /** Undefined: there is no way for SMS to leave by. */
  url: string | undefined
  method: 'GET' | 'POST' | 'PUT'
  headers: Record<string, string>
  body: string
  /** Must stand in the answer; empty: its status is enough. */
  success: string
  from: string
  mostPerDay: number
  mostPerNumber: number
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

type Entry = {
  name: string
  meaning: string
  example: string
  /** The value when the variable is absent; `undefined` means there is none. */
  stand: string | undefined
  production: 'demanded' | 'optional'
  /** Says in Russian what is wrong with the value, or nothing. */
  problem: (value: string) => string | undefined
}

const smsMethods = ['GET', 'POST', 'PUT'] as const

const anything = () => undefined
const oneOf = (choices: readonly string[]) => (value: string) =>
  choices.includes(value) ? undefined : `одно из: ${choices.join(', ')}`
const wholeNumber = (least: number, most: number) => (value: string) =>
  /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
    ? undefined
    : `целое число от ${least} до ${most}`
const urlOf = (protocols: readonly string[]) => (value: string) => {
  if (!URL.canParse(value)) return `адрес вида ${protocols[0]}//…`
  return protocols.includes(new URL(value).protocol)
    ? undefined
    : `адрес, который начинается с ${protocols.join(' или ')}`
}

export const settingsTable = [
  {
    name: 'KABINET_ENV',
    meaning: '`stand` (a fictional region, built-in mailbox, listed accounts) or `production`',
    example: 'production',
    stand: 'stand',
    production: 'optional',
    problem: oneOf(['stand', 'production']),
  },
  {
    name: 'PORT',
    meaning: 'Port on which the portal answers',
    example: '3000',
    stand: '3000',
    production: 'optional',
    problem: wholeNumber(0, 65535),
  },
  {
    name: 'HOST',
    meaning: 'Address on which the portal answers; behind a proxy on the same machine `127.0.0.1`',
    example: '127.0.0.1',
    stand: '0.0.0.0',
    production: 'optional',
    problem: anything,
  },
  {
    name: 'BASE_URL',
    meaning: 'The portal’s address as people type it; all links in letters begin with it',
    example: 'https://kabinet.region.example',
    stand: 'http://localhost:PORT',
    production: 'demanded',
    problem: urlOf(['https:', 'http:']),
  },
  {
    name: 'DATA_DIR',
    meaning: 'Directory of the embedded database and of the files',
    example: '/var/lib/kabinet',
    stand: './data',
    production: 'demanded',
    problem: anything,
  },
  {
    name: 'DATABASE_URL',
    meaning: 'An existing PostgreSQL 15–18; without it the embedded one runs in DATA_DIR',
    example: 'postgres://kabinet:…@db/kabinet',
    stand: undefined,
    production: 'optional',
    problem: urlOf(['postgres:', 'postgresql:']),
  },
  {
    name: 'DATABASE_CONNECTIONS',
    meaning: 'The most connections that one process opens to the database',
    example: '10',
    stand: '10',
    production: 'optional',
    problem: wholeNumber(3, 500),
  },
  ...storageEntries,
  {
    name: 'SECRET_KEY',
    meaning:
      'At least 32 characters; signs form tokens and seals secrets of second factors, identity documents and codes. Keep it apart from backups, and do not lose it: with another key people set up their second factors anew',
    example: 'output of `openssl rand -hex 32`',
    stand: 'made once and kept in DATA_DIR/secret.key',
    production: 'demanded',
    problem: (value: string) =>
      value.length >= 32 ? undefined : 'не короче 32 знаков, например `openssl rand -hex 32`',
  },
  {
    name: 'MAIL_URL',
    meaning: 'SMTP server for outgoing letters; on the stand letters stay in the built-in mailbox',
    example: 'smtps://user:password@mail.region.example',
    stand: undefined,
    production: 'demanded',
    problem: urlOf(['smtp:', 'smtps:']),
  },
  {
    name: 'MAIL_FROM',
    meaning: 'Sender of letters',
    example: 'Кабинет <kabinet@region.example>',
    stand: 'Кабинет <kabinet@svetlorechye.example>',
    production: 'demanded',
    problem: (value: string) => (/^[^\r\n]*\S+@\S+$/.test(value.replace(/>$/, '')) ? undefined : 'почтовый адрес'),
  },
  {
    name: 'SMS_URL',
    meaning:
      'Gateway of SMS: an HTTP address, in which `{number}` (+7…), `{digits}` (7…), `{text}`, `{id}` and `{from}` are filled in, or an SMPP centre. Without it SMS are not offered; on the stand they stay in the built-in mailbox',
    example: 'https://sms.region.example/send or smpp://user:password@sms.region.example:2775',
    stand: undefined,
    production: 'optional',
    problem: urlOf(['https:', 'http:', 'smpp:', 'smpps:']),
  },
  {
    name: 'SMS_METHOD',
    meaning: 'Method of the call to an HTTP gateway',
    example: 'POST',
    stand: 'POST',
    production: 'optional',
    problem: oneOf(smsMethods),
  },
  {
    name: 'SMS_HEADERS',
    meaning: 'Headers of the call, as JSON; `Content-Type` also says how values are escaped in the body',
    example: '{"Authorization":"Bearer …","Content-Type":"application/json"}',
    stand: '{"Content-Type":"application/json"}',
    production: 'optional',
    problem: (value: string) => (headersOf(value) ? undefined : 'объект JSON с именами и значениями заголовков'),
  },
  {
    name: 'SMS_BODY',
    meaning: 'Body of the call, with the same places to fill in as the address',
    example: '{"phone":"{digits}","message":"{text}","sender":"{from}"}',
    stand: '{"to":"{number}","text":"{text}"}',
    production: 'optional',
    problem: anything,
  },
  {
    name: 'SMS_SUCCESS',
    meaning:
      'Text that a good answer holds, for gateways that answer 200 to everything; without it the status is enough',
    example: '"status":"OK"',
    stand: undefined,
    production: 'optional',
    problem: anything,
  },
  {
    name: 'SMS_FROM',
    meaning: 'Sender’s name or number, as agreed with the provider',
    example: 'Kabinet',
    stand: 'Kabinet',
    production: 'optional',
    problem: (value: string) => (/^[\w .+-]{1,20}$/.test(value) ? undefined : 'до 20 латинских букв и цифр'),
  },
  {
    name: 'SMS_PER_DAY',
    meaning: 'The most SMS that the installation sends within a day: they cost money',
    example: '1000',
    stand: '1000',
    production: 'optional',
    problem: wholeNumber(1, 1_000_000),
  },
  {
    name: 'SMS_PER_NUMBER',
    meaning: 'The most SMS to one number within a day',
    example: '10',
    stand: '10',
    production: 'optional',
    problem: wholeNumber(1, 100),
  },
  ...esiaEntries,
  ...registryEntries,
  ...inboxEntries,
  servicesEntry,
  {
    name: 'DOMAINS_FILE',
    meaning:
      'JSON with the directories (LDAP, Active Directory) and OpenID Connect providers of the people’s own bodies: [access](access.md)',
    example: '/etc/kabinet/domains.json',
    stand: undefined,
    production: 'optional',
    problem: anything,
  },
  {
    name: 'SUPPORT_CONTACTS',
    meaning: 'How people reach support: shown on the page «Поддержка», where a lost password leads',
    example: 'Телефон 8 (800) 000-00-00, почта help@region.example, по будням с 9 до 18',
    stand:
      'Служба поддержки Светлореченской области: 8 (800) 555-00-00, help@svetlorechye.example, по будням с 9 до 18',
    production: 'optional',
    problem: (value: string) => (value.length <= 500 ? undefined : 'не больше 500 знаков'),
  },
  {
    name: 'TIME_ZONE',
    meaning: 'Time zone of dates on pages (IANA name); the daily digest of messages goes at eight in the morning there',
    example: 'Asia/Irkutsk',
    stand: 'Asia/Irkutsk',
    production: 'optional',
    problem: (value: string) => (isTimeZone(value) ? undefined : 'часовой пояс вида Europe/Moscow'),
  },
  {
    name: 'LOG_LEVEL',
    meaning: 'How much is logged',
    example: 'info',
    stand: 'info',
    production: 'optional',
    problem: oneOf(logLevels),
  },
  {
    name: 'TRUST_PROXY',
    meaning: '`yes` when a proxy of one’s own sets X-Forwarded-For; otherwise the header is not believed',
    example: 'yes',
    stand: 'no',
    production: 'optional',
    problem: oneOf(['yes', 'no']),
  },
] as const satisfies readonly Entry[]

export type SettingName = (typeof settingsTable)[number]['name']

export class WrongSettings extends Error {
  /** Foreseen: told in its own words, without a stack. */
  readonly exitCode = 1
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`Программа не запущена, исправьте настройки:\n${problems.map((problem) => `  • ${problem}`).join('\n')}`)
    this.name = 'WrongSettings'
    this.problems = problems
  }
}

/**
 * @param environment usually `process.env`
 * @throws WrongSettings with every problem at once
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const production = environment.KABINET_ENV === 'production'
  const problems = [
    ...settingsTable.flatMap((entry) => problemsOf(entry, environment[entry.name], production)),
    ...esiaProblems(environment),
    ...storageProblems(environment),
  ]
  if (problems.length > 0) throw new WrongSettings(problems)

  const value = (name: SettingName): string => {
    const entry: Entry | undefined = settingsTable.find((candidate) => candidate.name === name)
    return environment[name] || entry?.stand || ''
  }
  const port = Number(value('PORT'))
  const dataDirectory = resolve(value('DATA_DIR'))
  return {
    environment: production ? 'production' : 'stand',
    port,
    host: value('HOST'),
    baseUrl: (environment.BASE_URL || `http://localhost:${port}`).replace(/\/+$/, ''),
    dataDirectory,
    databaseUrl: environment.DATABASE_URL || undefined,
    s3: readStorage(environment),
    secretKey: environment.SECRET_KEY || standSecret(dataDirectory),
    mailUrl: environment.MAIL_URL || undefined,
    mailFrom: value('MAIL_FROM'),
    sms: {
      url: environment.SMS_URL || undefined,
      method: smsMethods.find((method) => method === value('SMS_METHOD')) ?? 'POST',
      headers: headersOf(value('SMS_HEADERS')) ?? {},
      body: value('SMS_BODY'),
      success: value('SMS_SUCCESS'),
      from: value('SMS_FROM'),
      mostPerDay: Number(value('SMS_PER_DAY')),
      mostPerNumber: Number(value('SMS_PER_NUMBER')),
    },
    esia: readEsia(environment),
    registry: readRegistry(environment),
    inbox: readInbox(environment),
    domainsFile: environment.DOMAINS_FILE || undefined,
    supportContacts: production ? (environment.SUPPORT_CONTACTS ?? '') : value('SUPPORT_CONTACTS'),
    services: readServices(value('SERVICES')),
    timeZone: value('TIME_ZONE'),
    logLevel: logLevels.find((level) => level === value('LOG_LEVEL')) ?? 'info',
    trustProxy: value('TRUST_PROXY') === 'yes',
    databaseConnections: Number(value('DATABASE_CONNECTIONS')),
  }
}

function problemsOf(entry: Entry, value: string | undefined, production: boolean): string[] {
  if (!value)
    return production && entry.production === 'demanded' ? [`${entry.name}: не задано (${entry.example})`] : []
  const problem = entry.problem(value)
  return problem ? [`${entry.name}: нужно ${problem}`] : []
}

function headersOf(json: string): Record<string, string> | undefined {
  try {
    const { data } = z.record(z.string(), z.string()).safeParse(JSON.parse(json))
    new Headers(data)
    return data
  } catch {
    return undefined
  }
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('ru', { timeZone: value })
    return true
  } catch {
    return false
  }
}

/** The stand has no secret to configure, yet must not share one with other stands. */
function standSecret(dataDirectory: string): string {
  const file = join(dataDirectory, 'secret.key')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(dataDirectory, { recursive: true })
  const secret = randomBytes(32).toString('hex')
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
