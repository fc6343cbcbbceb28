/** `letters parse`: says what was understood of letters kept as files, without any server. */
import { readFile } from 'node:fs/promises'
import { shippedRule, type Understanding, understand } from '../modules/letters/index.ts'

const usage = `Разбор писем с просьбой открыть доступ или добавить организацию.

  letters parse ПИСЬМО.eml…         что понято из писем
  letters parse ПИСЬМО.eml… --json  по одной строке JSON на каждое письмо

Почтовый ящик и база данных для этого не нужны: домены отправителей сверяются со списком, который поставляется
с программой.

Код завершения: 0 — все файлы прочитаны, 1 — какой-то файл не читается, 2 — команда записана неверно.`

/** Returns the exit code: 0 read, 1 a file cannot be read, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    return 0
  }
  const [command, ...rest] = args
  const files = rest.filter((argument) => !argument.startsWith('--'))
  const isUnknown = rest.some((argument) => argument.startsWith('--') && argument !== '--json')
  if (command !== 'parse' || files.length === 0 || isUnknown) {
    console.error(usage)
    return 2
  }
  const isAllowed = shippedRule()
  let code = 0
  for (const file of files) {
    const raw = await readFile(file).catch(() => undefined)
    if (!raw) {
      console.error(`${file}: файл не читается.`)
      code = 1
      continue
    }
    const { understanding } = await understand(raw, isAllowed)
    console.log(rest.includes('--json') ? JSON.stringify({ file, ...understanding }) : inWords(file, understanding))
  }
  return code
}

const kinds: Record<Understanding['kind'], string> = {
  application: 'заявка на доступ',
  request: 'обращение',
  'reply-to-thread': 'ответ в переписке',
  'auto-reply': 'автоматический ответ',
  bounce: 'возврат недоставленного письма',
  unparseable: 'не разобрано',
}

function inWords(file: string, understanding: Understanding): string {
  const { kind, category, persons, organisation, systems, senderAllowed, adding } = understanding
  const people = persons.map(({ fullName, email }) => [fullName, email].filter(Boolean).join(', ')).join('; ')
  return [
    `${file}: ${adding ? 'заявка на добавление организации' : kinds[kind]}${category ? `, категория ${category}` : ''}`,
    ...(people ? [`  кому: ${people}`] : []),
    ...(organisation.full || organisation.short ? [`  организация: ${organisation.full ?? organisation.short}`] : []),
    ...(adding?.details.inn ? [`  ИНН: ${adding.details.inn}`] : []),
    ...(systems.length > 0 ? [`  системы: ${systems.join(', ')}`] : []),
    ...(senderAllowed ? [] : ['  отправитель: адрес вне разрешённых доменов']),
  ].join('\n')
}
