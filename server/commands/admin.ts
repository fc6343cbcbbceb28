import { parseArgs } from 'node:util'
import { readEmail } from '../../contracts/requisites.ts'
import { type Db, migrate } from '../kernel/db/index.ts'
import { AppError } from '../kernel/errors/index.ts'
import { withDatabase } from '../kernel/postgres/with-database.ts'
import { readSettings } from '../kernel/settings.ts'
import { migrations } from '../migrations/index.ts'
import { accountName, createAdministrator, listAdministrators } from '../modules/identity/index.ts'
import { plantStand } from '../seeds/stand.ts'

const usage = `Администраторы системы.

  bin/admin create --email ПОЧТА --name "Фамилия Имя Отчество"   создать; пароль будет показан один раз
  bin/admin list                                                 кто есть

Программу останавливать не нужно.`

/** Returns the exit code: 0 done, 1 refused, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  const request = requestOf(args)
  if (!request) {
    console.error(usage)
    return 2
  }
  const settings = readSettings(process.env)
  return withDatabase(settings, 'создание администратора', async (db) => {
    await migrate(db, migrations)
    // The stand is planted into an empty database only; an administrator must not come before it.
    if (settings.environment === 'stand') await plantStand(db)
    return request.command === 'list' ? list(db) : create(db, request)
  })
}

type Request = { command: 'list' } | { command: 'create'; email: string; name: string }

function requestOf(args: string[]): Request | undefined {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { email: { type: 'string' }, name: { type: 'string' } },
    })
    const [command, ...rest] = positionals
    if (rest.length > 0) return undefined
    if (command === 'list') return { command }
    const { email, name } = values
    return command === 'create' && email && name ? { command, email, name } : undefined
  } catch {
    return undefined
  }
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
      'Пароль показан один раз и нигде не хранится. Смените его после входа: «Мой профиль», «Сменить пароль».',
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
