import { parseArgs } from 'node:util'
import { withDatabase } from '../kernel/postgres/with-database.ts'
import { readSettings } from '../kernel/settings.ts'
import { loadAddresses } from '../modules/organisations/index.ts'

const usage = `Справочник адресов.

  bin/addresses load ПАПКА --region КОД
      загрузить адреса одного региона из файлов ГАР: AS_ADDR_OBJ_*.xml, AS_HOUSES_*.xml, AS_ADM_HIERARCHY_*.xml.
      Прежний справочник этого региона заменяется. Код как в реестре организаций, например 38

Программу останавливать не нужно.`

/** Returns the exit code: 0 done, 1 refused, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  const request = requestOf(args)
  if (!request) {
    console.error(usage)
    return 2
  }
  const settings = readSettings(process.env)
  const loaded = await withDatabase(settings, 'загрузка адресов', (db) =>
    loadAddresses(db, request.directory, request.region),
  )
  console.log(`Загружено: адресных объектов ${loaded.objects}, домов ${loaded.houses}.`)
  return 0
}

function requestOf(args: string[]): { directory: string; region: string } | undefined {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { region: { type: 'string' } } })
    const [command, directory, ...rest] = positionals
    const { region } = values
    return command === 'load' && directory && region && rest.length === 0 ? { directory, region } : undefined
  } catch {
    return undefined
  }
}
