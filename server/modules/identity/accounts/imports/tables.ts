/** Tables that leave the program: a template to fill in, and reports that a spreadsheet opens. */
import writeXlsxFile from 'write-excel-file/node'
import { columns } from './lines.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const example = [
  'Подгорецкая',
  'Элеонора',
  'Вениаминовна',
  'e.podgoretskaya@svetlorechye.example',
  '+7 900 000-00-01',
  'Министерство образования',
  'главный специалист',
  '00, 000',
  'Оператор региона',
]

/** The headings and one line to be written over. */
export const templateBytes = (): Promise<Buffer> =>
  writeXlsxFile([
    columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const })),
    example.map((value) => ({ value, type: String })),
  ]).toBuffer()

type Line = { row: number; cells: readonly string[]; outcome: string; problems: string }

/** For a spreadsheet in Russian: semicolons, and the mark of UTF-8 at the beginning. */
export function reportCsv(lines: readonly Line[]): string {
  const header = ['Строка', ...columns.map(({ title }) => title), 'Итог', 'Что исправить']
  const rows = lines.map(({ row, cells, outcome, problems }) => [String(row), ...cells, outcome, problems])
  return `\ufeff${[header, ...rows].map((row) => row.map(quoted).join(';')).join('\r\n')}\r\n`
}

/** A cell that begins so would be run as a formula by whoever opens the report; it came from a stranger's file. */
const quoted = (text: string): string => {
  const harmless = /^\s*[=+\-@\t\r|]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
