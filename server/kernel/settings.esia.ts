/** Settings of signing in through ЕСИА («Госуслуги»): all of them together, or none. */
import { existsSync } from 'node:fs'

export type EsiaSettings = {
  /** Without a trailing slash. */
  url: string
  clientId: string
  keyFile: string
  certificateFile: string
  /** `pkcs7` for installations older than the second version of the protocol. */
  signing: 'raw' | 'pkcs7'
  markerKeyFiles: string[]
  scopes: string[]
  /** The data are refreshed while the person is away, by a token that is kept sealed. */
  offline: boolean
}

const signings = ['raw', 'pkcs7'] as const
const files = (value: string): string[] =>
  value
    .split(',')
    .map((path) => path.trim())
    .filter(Boolean)
const missing = (value: string): string | undefined => {
  const absent = files(value).filter((path) => !existsSync(path))
  return absent.length > 0 ? `файл, который есть: ${absent.join(', ')}` : undefined
}
const scopesOf = (value: string): string[] => value.split(/\s+/).filter(Boolean)
const isOrigin = (value: string) =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && !/[?#]/.test(value)

const defaults = {
  ESIA_URL: 'https://esia.gosuslugi.ru',
  ESIA_SIGNING: 'raw',
  ESIA_SCOPES: 'openid fullname snils inn email mobile usr_org birthdate',
  ESIA_OFFLINE: 'no',
} as const

export const esiaEntries = [
  {
    name: 'ESIA_URL',
    meaning:
      'ЕСИА («Госуслуги»): the production address, or that of the test installation. On the stand a stand-in answers',
    example: defaults.ESIA_URL,
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (isOrigin(value) ? undefined : 'адрес вида https://esia.gosuslugi.ru'),
  },
  {
    name: 'ESIA_CLIENT_ID',
    meaning: 'Mnemonic of the information system, as registered with ЕСИА; setting it turns this way of signing in on',
    example: 'KABINET00',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (/^[\w.-]{2,60}$/.test(value) ? undefined : 'мнемоника латинскими буквами и цифрами'),
  },
  {
    name: 'ESIA_KEY_FILE',
    meaning: 'The system’s private key: PEM, PKCS#8, ГОСТ Р 34.10-2012 (256), without a password',
    example: '/etc/kabinet/esia.key.pem',
    stand: undefined,
    production: 'optional',
    problem: missing,
  },
  {
    name: 'ESIA_CERTIFICATE_FILE',
    meaning: 'Its certificate (PEM), the one that was sent to ЕСИА',
    example: '/etc/kabinet/esia.certificate.pem',
    stand: undefined,
    production: 'optional',
    problem: missing,
  },
  {
    name: 'ESIA_SIGNING',
    meaning: '`raw`: the signature alone, addresses v2 and v3; `pkcs7`: a detached PKCS#7, for older installations',
    example: 'raw',
    stand: defaults.ESIA_SIGNING,
    production: 'optional',
    problem: (value: string) => (signings.some((one) => one === value) ? undefined : `одно из: ${signings.join(', ')}`),
  },
  {
    name: 'ESIA_MARKER_KEY_FILES',
    meaning:
      'Public keys or certificates (PEM) by which ЕСИА signs its markers, parted by commas: the old and the new one while they are being changed. The algorithm is that of the key',
    example: '/etc/kabinet/esia.marker.cer',
    stand: undefined,
    production: 'optional',
    problem: missing,
  },
  {
    name: 'ESIA_SCOPES',
    meaning: 'What is asked of ЕСИА; without `usr_org` nobody comes in for an organisation',
    example: defaults.ESIA_SCOPES,
    stand: defaults.ESIA_SCOPES,
    production: 'optional',
    problem: (value: string) =>
      ['openid', 'fullname'].every((scope) => scopesOf(value).includes(scope))
        ? undefined
        : 'список через пробел, в котором есть openid и fullname',
  },
  {
    name: 'ESIA_OFFLINE',
    meaning: '`yes`: people may have their data refreshed without signing in anew; ЕСИА asks them for it',
    example: 'no',
    stand: defaults.ESIA_OFFLINE,
    production: 'optional',
    problem: (value: string) => (['yes', 'no'].includes(value) ? undefined : 'одно из: yes, no'),
  },
] as const

type Environment = Record<string, string | undefined>
const demanded = ['ESIA_CLIENT_ID', 'ESIA_KEY_FILE', 'ESIA_CERTIFICATE_FILE', 'ESIA_MARKER_KEY_FILES'] as const
const isAsked = (environment: Environment): boolean => demanded.some((name) => environment[name])

/** Half of it set is a mistake: told as one list. */
export function esiaProblems(environment: Environment): string[] {
  const absent = demanded.filter((name) => !environment[name])
  return isAsked(environment) && absent.length > 0
    ? [`Вход через Госуслуги настроен не до конца, не хватает: ${absent.join(', ')}`]
    : []
}

/** Undefined when it is not configured. */
export function readEsia(environment: Environment): EsiaSettings | undefined {
  if (!isAsked(environment)) return undefined
  const value = (name: (typeof esiaEntries)[number]['name']): string =>
    environment[name] || esiaEntries.find((entry) => entry.name === name)?.stand || ''
  return {
    url: (environment.ESIA_URL || defaults.ESIA_URL).replace(/\/+$/, ''),
    clientId: value('ESIA_CLIENT_ID'),
    keyFile: value('ESIA_KEY_FILE'),
    certificateFile: value('ESIA_CERTIFICATE_FILE'),
    signing: signings.find((one) => one === value('ESIA_SIGNING')) ?? 'raw',
    markerKeyFiles: files(value('ESIA_MARKER_KEY_FILES')),
    scopes: scopesOf(value('ESIA_SCOPES')),
    offline: value('ESIA_OFFLINE') === 'yes',
  }
}
