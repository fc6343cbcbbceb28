import { parseArgs } from 'node:util'
import { AppError, translator } from '../kernel/errors/index.ts'
import { withDatabase } from '../kernel/postgres/with-database.ts'
import { readSettings, type Settings } from '../kernel/settings.ts'
import { configureDomains, findByLogin, identityRoom, readDomains, tieByEmail } from '../modules/identity/index.ts'

const usage = `Вход через домен.

  bin/domain find ЛОГИН
      что домен из файла DOMAINS_FILE говорит о логине (имя@домен или ДОМЕН\\имя); пароль человека не нужен
  bin/domain tie ЛОГИН --email ПОЧТА
      связать человека домена с учётной записью, которая подтвердила почту; ему придёт письмо

Программу останавливать не нужно.`

/** Returns the exit code: 0 done, 1 refused, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  const request = requestOf(args)
  if (!request) {
    console.error(usage)
    return 2
  }
  const settings = readSettings(process.env)
  if (!settings.domainsFile) {
    console.error('DOMAINS_FILE не задан: входа через домен нет.')
    return 1
  }
  configureDomains(readDomains(settings.domainsFile))
  return request.email === undefined ? find(request.login) : tie(settings, request.login, request.email)
}

function requestOf(args: string[]): { login: string; email: string | undefined } | undefined {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { email: { type: 'string' } } })
    const [command, login, ...rest] = positionals
    if (!login || rest.length > 0) return undefined
    if (command === 'find' && values.email === undefined) return { login, email: undefined }
    return command === 'tie' && values.email ? { login, email: values.email } : undefined
  } catch {
    return undefined
  }
}

async function find(login: string): Promise<number> {
  const found = await findByLogin(login)
  if (!found) {
    console.error('Этот логин не ведёт ни в один домен: посмотрите suffixes и shortNames.')
    return 1
  }
  const { domain, finding } = found
  if (finding.kind === 'unavailable') {
    console.error(`${domain.title}: не отвечает или не пускает служебную запись (${finding.why}).`)
    return 1
  }
  console.log(
    `${domain.title}: найдено ${finding.people.length === 2 ? 'двое или больше, вход закрыт' : finding.people.length}`,
  )
  for (const { values, groups } of finding.people) {
    for (const [name, value] of Object.entries(values)) console.log(`  ${name}: ${value ?? '—'}`)
    for (const group of groups) console.log(`  группа: ${group}`)
  }
  return finding.people.length === 1 ? 0 : 1
}

const tie = (settings: Settings, login: string, email: string): Promise<number> =>
  withDatabase(settings, 'связывание с доменом', async (db) => {
    const refusal = await tieByEmail(db, settings.baseUrl, login, email).catch((error: unknown) => {
      if (error instanceof AppError) return translator(identityRoom.phrases)(error)
      throw error
    })
    if (refusal === undefined) console.log('Связано. Человеку отправлено письмо.')
    else console.error(refusal)
    return refusal === undefined ? 0 : 1
  })
