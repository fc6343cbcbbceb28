import { parseArgs } from 'node:util'
import { readEmail } from '../../contracts/requisites.ts'
import { type Grant, roleNames } from '../kernel/access/index.ts'
import { type Db, migrate } from '../kernel/db/index.ts'
import { AppError } from '../kernel/errors/index.ts'
import { withDatabase } from '../kernel/postgres/with-database.ts'
import { readSettings } from '../kernel/settings.ts'
import { migrations } from '../migrations/index.ts'
import {
  accountName,
  createAdministrator,
  grantByEmail,
  listAdministrators,
  recoverAdministrator,
} from '../modules/identity/index.ts'
import { findRegion, loadRegions } from '../modules/organisations/index.ts'
import { plantStand } from '../seeds/stand.ts'

const usage = `Администраторы системы и роли.

  bin/admin create --email ПОЧТА --name "Фамилия Имя Отчество"
      создать администратора; пароль будет показан один раз
  bin/admin recover --email ПОЧТА
      впустить администратора, который потерял пароль или второй способ входа: новый временный пароль
  bin/admin grant --email ПОЧТА --role region-operator --region 38
      сделать оператором региона того, кто зарегистрировался и подтвердил почту; коды — в reference/regions.csv
  bin/admin grant --email ПОЧТА --role auditor
      дать роль во всей системе: auditor (аудитор) или administrator (администратор)
  bin/admin list
      кто администратор

Программу останавливать не нужно.`

/** Returns the exit code: 0 done, 1 refused, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  const request = requestOf(args)
  if (!request) {
    console.error(usage)
    return 2
  }
  const settings = readSettings(process.env)
  return withDatabase(settings, 'работа с администраторами', async (db) => {
    await migrate(db, migrations)
    // The stand is planted into an empty database only; an administrator must not come before it.
    if (settings.environment === 'stand') await plantStand(db)
    await loadRegions(db)
    return carryOut(db, request)
  })
}

type Request =
  | { command: 'list' }
  | { command: 'create'; email: string; name: string }
  | { command: 'recover'; email: string }
  | { command: 'grant'; email: string; grant: Grant }

function carryOut(db: Db, request: Request): Promise<number> {
  switch (request.command) {
    case 'list':
      return list(db)
    case 'create':
      return create(db, request)
    case 'recover':
      return recover(db, request)
    case 'grant':
      return give(db, request)
  }
}

function requestOf(args: string[]): Request | undefined {
  try {
    const text = { type: 'string' } as const
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { email: text, name: text, role: text, region: text },
    })
    const [command, ...rest] = positionals
    if (rest.length > 0) return undefined
    const { email, name, role, region } = values
    switch (command) {
      case 'list':
        return { command }
      case 'create':
        return email && name ? { command, email, name } : undefined
      case 'recover':
        return email ? { command, email } : undefined
      case 'grant': {
        const grant = grantOf(role, region)
        return email && grant ? { command, email, grant } : undefined
      }
      default:
        return undefined
    }
  } catch {
    return undefined
  }
}

function grantOf(role: string | undefined, region: string | undefined): Grant | undefined {
  switch (role) {
    case 'region-operator':
      return region ? { role, scope: 'region', region } : undefined
    case 'auditor':
    case 'administrator':
      return region ? undefined : { role, scope: 'everywhere' }
    default:
      return undefined
  }
}

async function give(db: Db, { email, grant }: { email: string; grant: Grant }): Promise<number> {
  const region = grant.scope === 'region' ? await findRegion(db, grant.region) : undefined
  if (grant.scope === 'region' && !region) {
    console.error(`Региона с кодом ${grant.region} нет. Коды стоят в reference/regions.csv.`)
    return 1
  }
  const result = await grantByEmail(db, email, grant)
  if (!result) {
    console.error(`Учётной записи с подтверждённой почтой ${email} нет. Человек регистрируется сам, на странице входа.`)
    return 1
  }
  const told = `${roleNames[grant.role]}${region ? `, ${region.name}` : ''}`
  console.log(result.given ? `Роль дана: ${result.name}, ${told}` : `Эта роль уже есть: ${result.name}, ${told}`)
  return 0
}

async function recover(db: Db, { email }: { email: string }): Promise<number> {
  const password = await recoverAdministrator(db, email)
  if (!password) {
    console.error(`Администратора с подтверждённой почтой ${email} нет. Кто есть: bin/admin list`)
    return 1
  }
  console.log(`Пароль: ${password}`)
  console.log(
    'Пароль временный: показан один раз и действует 3 дня. Второй способ входа снят, сеансы завершены: при входе программа попросит настроить его заново.',
  )
  return 0
}

async function list(db: Db): Promise<number> {
  const administrators = await listAdministrators(db)
  for (const person of administrators)
    console.log(`${person.email}\t${accountName(person)}${person.blockedAt ? '\tзакрыта' : ''}`)
  if (administrators.length === 0) console.log('Администраторов нет. Создать: bin/admin create --email … --name …')
  return 0
}

async function create(db: Db, { email, name }: { email: string; name: string }): Promise<number> {
  const address = readEmail(email)
  const problem = address.problem ?? (/^\S+\s+\S/.test(name.trim()) ? undefined : 'Нужны хотя бы фамилия и имя')
  if (address.value === undefined || problem) {
    console.error(problem)
    return 2
  }
  try {
    const password = await createAdministrator(db, address.value, name)
    console.log(`Администратор создан: ${name.trim()}`)
    console.log(`Логин:  ${address.value.toLowerCase()}`)
    console.log(`Пароль: ${password}`)
    console.log(
      'Пароль временный: показан один раз, нигде не хранится и действует 3 дня. При первом входе программа попросит настроить второй способ входа и придумать свой пароль.',
    )
    return 0
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'email-taken') throw error
    console.error(
      `Учётная запись с почтой ${address.value} уже есть. Забытый пароль восстанавливают на странице входа.`,
    )
    return 1
  }
}
