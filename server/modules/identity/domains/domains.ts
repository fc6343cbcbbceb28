/** The directories and providers of this installation: read from their file at the start, the same until the end. */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { WrongSettings } from '../../../kernel/settings.ts'
import { type DomainEntry, DomainFile, type ProviderEntry } from './domain-file.ts'

/** `key` names it in external_identities, in grants and in the journal. */
export type Domain = DomainEntry & { key: string; bindPassword: string; ca: string | undefined }
export type Provider = ProviderEntry & { key: string; clientSecret: string }
export type Domains = { domains: Domain[]; providers: Provider[] }

let configured: Domains = { domains: [], providers: [] }

/** Once, at the start. */
export function configureDomains(domains: Domains): void {
  configured = domains
}

export const listDomains = (): readonly Domain[] => configured.domains
export const listProviders = (): readonly Provider[] => configured.providers
/** Whether anybody comes in by anything of the file. */
export const hasDomains = (): boolean => configured.domains.length + configured.providers.length > 0
export const findProvider = (name: string): Provider | undefined =>
  configured.providers.find((one) => one.name === name)

export type DomainLogin = { domain: Domain; login: string; user: string }

/** Which domain a typed login means, `user@suffix` or `SHORT\user`; undefined for a login of the cabinet itself. */
export function domainOf(typed: string): DomainLogin | undefined {
  const login = typed.normalize('NFKC').trim()
  const [, short, name] = /^([^\\]+)\\([^\\]+)$/.exec(login) ?? []
  if (short && name) {
    const domain = configured.domains.find(({ shortNames }) => shortNames.some((one) => sameText(one, short)))
    return domain && { domain, login: name, user: name }
  }
  const at = login.lastIndexOf('@')
  if (at < 1) return undefined
  const suffix = login.slice(at + 1)
  const domain = configured.domains.find(({ suffixes }) => suffixes.some((one) => sameText(one, suffix)))
  return domain && { domain, login, user: login.slice(0, at) }
}

/** How a tied domain or provider is called on the screen; one that is gone from the file, by its name. */
export function titleOf(key: string): string {
  const found = [...configured.domains, ...configured.providers].find((one) => one.key === key)
  return found?.title ?? key.replace(/^\w+:/, '')
}

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/**
 * @param file path of JSON; the files it names are looked for beside it
 * @throws WrongSettings with everything that is wrong at once
 */
export function readDomains(file: string): Domains {
  const problems: string[] = []
  const beside = (path: string) => resolve(dirname(file), path)
  const readBeside = (where: string, path: string): string => {
    try {
      const text = readFileSync(beside(path), 'utf8').trim()
      if (!text) problems.push(`${where}: файл ${path} пуст`)
      return text
    } catch (error) {
      problems.push(`${where}: файл ${path} не прочитать (${codeOf(error)})`)
      return ''
    }
  }
  const entries = readEntries(file)
  const domains = entries.domains.map(
    (entry): Domain => ({
      ...entry,
      key: `domain:${entry.name}`,
      bindPassword: readBeside(`${entry.name}.bindPasswordFile`, entry.bindPasswordFile),
      ca: entry.caFile ? readBeside(`${entry.name}.caFile`, entry.caFile) : undefined,
    }),
  )
  const providers = entries.providers.map(
    (entry): Provider => ({
      ...entry,
      key: `openid:${entry.name}`,
      clientSecret: readBeside(`${entry.name}.clientSecretFile`, entry.clientSecretFile),
    }),
  )
  if (problems.length > 0) throw wrong(file, problems)
  return { domains, providers }
}

const russian = z.locales.ru().localeError

function readEntries(file: string): { domains: DomainEntry[]; providers: ProviderEntry[] } {
  const read = DomainFile.safeParse(parsed(file), {
    error: (issue) => (issue.input === undefined ? 'не задано' : russian(issue)),
  })
  if (read.success) return read.data
  throw wrong(
    file,
    read.error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)),
  )
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw wrong(file, [
      error instanceof SyntaxError ? `это не JSON: ${error.message}` : `не прочитать (${codeOf(error)})`,
    ])
  }
}

const wrong = (file: string, problems: string[]) =>
  new WrongSettings(problems.map((problem) => `DOMAINS_FILE, ${file}: ${problem}`))
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)
