/** Files of made-up organisations, as large as is wished: their numbers agree with their check digits and are nobody's. */
import { type Reading, readOgrn, readOrganisationInn } from '../../contracts/requisites.ts'
import { writeCsv, writeWorkbook } from '../../server/kernel/spreadsheets/index.ts'

export const importHeadings = [
  'ИНН',
  'Структурный уровень',
  'Сокращённое наименование',
  'Полное наименование',
  'ИНН вышестоящей организации',
  'Код региона',
  'Тип организации',
  'Организационно-правовая форма',
  'ОГРН',
  'Адрес',
]

/** The number with the check digit that makes it right. */
function numbered(body: string, read: (typed: string) => Reading): string {
  for (let digit = 0; digit < 10; digit += 1) {
    const { value } = read(`${body}${digit}`)
    if (value) return value
  }
  throw new Error(`No check digit for ${body}`)
}

/** @param index from 0; below 100,000 each has numbers of its own */
export const innAt = (index: number): string => numbered(`0077${String(index).padStart(5, '0')}`, readOrganisationInn)
const ogrnAt = (index: number): string => numbered(`10277${String(index).padStart(7, '0')}`, readOgrn)

/** @param higherInn under which organisation of the registry it is to stand */
export const importRow = (index: number, higherInn: string, changes: Record<string, string> = {}): string[] => {
  const cells: Record<string, string> = {
    ИНН: innAt(index),
    'Структурный уровень': 'самостоятельная организация',
    'Сокращённое наименование': `МБОУ «Школа № ${index + 1000}»`,
    'Полное наименование': `Муниципальное бюджетное общеобразовательное учреждение «Школа № ${index + 1000}»`,
    'ИНН вышестоящей организации': higherInn,
    'Код региона': '00',
    'Тип организации': 'общеобразовательная организация',
    'Организационно-правовая форма': 'муниципальная',
    ОГРН: ogrnAt(index),
    Адрес: `639110, Светлореченская область, г. Верхнеозёрск, ул. Школьная, д. ${index + 1}`,
    ...changes,
  }
  return importHeadings.map((heading) => cells[heading] ?? '')
}

async function* given(rows: Iterable<readonly string[]>) {
  yield importHeadings
  yield* rows
}

export async function importFile(name: string, rows: Iterable<readonly string[]>): Promise<File> {
  const bytes: BlobPart[] = []
  const pieces = name.endsWith('.csv') ? writeCsv(given(rows)) : writeWorkbook('Организации', [], given(rows))
  // as: bytes of a file are never shared memory
  for await (const piece of pieces) bytes.push(piece as BlobPart)
  return new File(bytes, name)
}
