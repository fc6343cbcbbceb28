/** Columns of a file of organisations: by which headings a field is known, and which words its dictionary takes. */
import {
  isPart,
  legalForms,
  legalStandings,
  organisationKinds,
  organisationLevels,
  settlements,
} from '../../../../contracts/organisations.ts'
import { capital } from '../../../../web/kit/text.ts'
import { kindNames, legalFormNames, legalStandingNames, levelNames, settlementNames } from '../organisations.phrases.ts'
import { lineProblems } from './imports.phrases.ts'

/** `higherInn` stands for `parentId`: people know organisations by their numbers. */
export type ColumnOf = {
  field: string
  title: string
  /** Other headings under which files of others keep it. */
  also?: readonly string[]
  width: number
  needed?: boolean
  dictionary?: Dictionary
  /** For the template. */
  sample: string
}
type Dictionary = { names: ReadonlyMap<string, string>; codeOf: (typed: string) => string | undefined }

function dictionary<T extends string>(codes: readonly T[], names: Record<T, string>, also: Record<string, T> = {}) {
  const known = new Map<string, string>(Object.entries(also).map(([word, code]) => [plain(word), code]))
  for (const code of codes) {
    known.set(plain(code), code)
    known.set(plain(names[code]), code)
  }
  return {
    names: new Map<string, string>(codes.map((code) => [code, capital(names[code])])),
    codeOf: (typed: string) => known.get(plain(typed)),
  }
}

/** Spelling that does not matter: case, ё, spaces, what surrounds the words. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s*.:]+|[\s*.:]+$/g, '')

const levels = dictionary(organisationLevels, levelNames, {
  регион: 'region',
  муниципалитет: 'municipality',
  организация: 'institution',
  подразделение: 'division',
  'обособленное структурное подразделение или филиал': 'division',
})
const kinds = dictionary(organisationKinds, kindNames, {
  школа: 'school',
  'детский сад': 'preschool',
  доо: 'preschool',
  'орган управления': 'authority',
})
const forms = dictionary(legalForms, legalFormNames, { частная: 'private' })
const standings = dictionary(legalStandings, legalStandingNames, { казенное: 'treasury' })
const places = dictionary(settlements, settlementNames, {
  'городская местность': 'city',
  'сельская местность': 'village',
})

export const columns: readonly ColumnOf[] = [
  { field: 'inn', title: 'ИНН', width: 14, needed: true, sample: '0014001300' },
  {
    field: 'level',
    title: 'Структурный уровень',
    also: ['уровень'],
    width: 26,
    dictionary: levels,
    sample: 'Самостоятельная организация',
  },
  {
    field: 'shortName',
    title: 'Сокращённое наименование',
    also: ['краткое наименование', 'название', 'наименование'],
    width: 40,
    sample: 'МБДОУ «Детский сад № 30»',
  },
  {
    field: 'fullName',
    title: 'Полное наименование',
    also: ['полное название'],
    width: 60,
    sample: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 30»',
  },
  {
    field: 'higherInn',
    title: 'ИНН вышестоящей организации',
    also: ['вышестоящая организация', 'инн учредителя'],
    width: 18,
    sample: '0014000025',
  },
  { field: 'regionCode', title: 'Код региона', also: ['регион'], width: 12, sample: '00' },
  {
    field: 'kind',
    title: 'Тип организации',
    also: ['тип'],
    width: 34,
    dictionary: kinds,
    sample: 'Дошкольная образовательная организация',
  },
  {
    field: 'legalForm',
    title: 'Организационно-правовая форма',
    also: ['форма собственности', 'форма'],
    width: 22,
    dictionary: forms,
    sample: 'Муниципальная',
  },
  { field: 'legalStanding', title: 'Правовое положение', width: 20, dictionary: standings, sample: 'Бюджетное' },
  {
    field: 'settlement',
    title: 'Тип поселения',
    also: ['город или село', 'местность'],
    width: 14,
    dictionary: places,
    sample: 'Город',
  },
  { field: 'kpp', title: 'КПП', width: 12, sample: '' },
  { field: 'ogrn', title: 'ОГРН', width: 17, sample: '1020000000304' },
  { field: 'okpo', title: 'ОКПО', also: ['код окпо'], width: 12, sample: '' },
  {
    field: 'address',
    title: 'Адрес',
    also: ['юридический адрес'],
    width: 50,
    sample: '000102, г. Верхнеозёрск, ул. Парковая, д. 7',
  },
  { field: 'phone', title: 'Телефон', also: ['номер телефона'], width: 18, sample: '+7 000 000-00-30' },
  {
    field: 'email',
    title: 'Электронная почта',
    also: ['почта', 'e-mail', 'email'],
    width: 28,
    sample: 'ds30@verhneozersk.example',
  },
  { field: 'site', title: 'Сайт', width: 28, sample: 'https://ds30.verhneozersk.example' },
  { field: 'headName', title: 'Руководитель', also: ['фио руководителя'], width: 32, sample: '' },
  { field: 'headPosition', title: 'Должность руководителя', width: 24, sample: 'заведующий' },
]

const byHeading = new Map(
  columns.flatMap((column) => [column.title, ...(column.also ?? [])].map((title) => [plain(title), column] as const)),
)
const byField = new Map(columns.map((column) => [column.field, column]))

export const titleOf = (field: string): string =>
  byField.get(field === 'parentId' ? 'higherInn' : field)?.title ?? field

/** What stands in the registry, in the words of the file. */
export const shownValue = (field: string, value: unknown): string => {
  if (value === null || value === undefined) return ''
  const told = Array.isArray(value) ? value.join(', ') : String(value)
  return byField.get(field)?.dictionary?.names.get(told) ?? told
}

export type Heading = { column: ColumnOf; index: number }

/** @returns the columns that are known, and the headings that are not */
export function readHeadings(cells: readonly string[]): { found: Heading[]; unknown: string[] } {
  const found: Heading[] = []
  const unknown: string[] = []
  for (const [index, text] of cells.entries()) {
    const column = byHeading.get(plain(text))
    if (column && !found.some((earlier) => earlier.column === column)) found.push({ column, index })
    else if (text.trim() !== '') unknown.push(text.trim())
  }
  return { found, unknown }
}

/** What stands in a row under the known headings. An apostrophe that kept a cell from being a formula goes. */
export const cellsOf = (row: readonly string[], headings: readonly Heading[]): Record<string, string> =>
  Object.fromEntries(
    headings.flatMap(({ column, index }) => {
      const text = (row[index] ?? '')
        .trim()
        .replace(/^'(?=[=+\-@])/, '')
        .replaceAll('\0', '')
      return text === '' ? [] : [[column.field, text.slice(0, 5000)]]
    }),
  )

/** A spreadsheet takes the zeros in front of a number away. */
export const innOf = (typed: string | undefined): string => {
  const digits = (typed ?? '').replace(/[\s\u00a0-]/g, '')
  return /^\d{8,9}$/.test(digits) ? digits.padStart(10, '0') : digits
}

export type Typed = { values: Record<string, string>; problems: string[] }

/** Words of dictionaries become codes. A dash alone says that there is none. */
export function typedValues(cells: Record<string, string>): Typed {
  const values: Record<string, string> = {}
  const problems: string[] = []
  for (const [field, text] of Object.entries(cells)) {
    const dictionary = byField.get(field)?.dictionary
    if (field === 'inn' || field === 'higherInn') values[field] = innOf(text)
    else if (text === '-' || text === '—') values[field] = ''
    else if (!dictionary) values[field] = text
    else {
      const code = dictionary.codeOf(text)
      if (code === undefined)
        problems.push(
          lineProblems.unknownWord(
            titleOf(field),
            text,
            [...dictionary.names.values()].map((name) => name.toLowerCase()),
          ),
        )
      else values[field] = code
    }
  }
  return { values, problems }
}

/** A part of a legal person shares the number of the organisation above it. */
export function isIndependent(cells: Record<string, string>): boolean {
  const level = organisationLevels.find((code) => code === levels.codeOf(cells.level ?? ''))
  return level === undefined || !isPart(level)
}
