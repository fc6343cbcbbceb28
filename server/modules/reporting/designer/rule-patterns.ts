/** Ready controls: what most rules of a form say, put together from codes that a person names. */
import { z } from 'zod'
import { BadLine } from './designer.errors.ts'

export const patterns = {
  columns: 'Графа равна сумме граф',
  rows: 'Строка равна сумме строк',
  'not-more': 'Одна графа не больше другой',
  'rows-not-more': 'Одна строка не больше другой',
  previous: 'Равно прошлому периоду',
  elsewhere: 'Равно ячейке другого раздела',
} as const
export type Pattern = keyof typeof patterns

const Codes = z.string().trim().max(400).default('')
export const PatternForm = z.object({
  version: z.coerce.number().int(),
  pattern: z.enum(Object.keys(patterns) as [Pattern, ...Pattern[]], 'Выберите образец'), // as: the keys of the table above
  section: z.string('Выберите раздел').trim().min(1, 'Выберите раздел'),
  rows: Codes,
  columns: Codes,
  left: Codes,
  right: Codes,
})
export type PatternForm = z.output<typeof PatternForm>

export type MadeControl = { name: string; rule: string }

/** @throws BadLine 422 when a code that the pattern needs is not named */
export function controlOf({ pattern, section, ...given }: PatternForm): MadeControl {
  const codes = (text: string, what: string): string => {
    const written = text
      .replace(/[–—]/g, '-')
      .replace(/\s*-\s*/g, '-')
      .replace(/[\s;,]+/g, ',')
      .replace(/^,|,$/g, '')
    if (!written) throw new BadLine({ text: `Для этого образца назовите ${what}.` })
    return written
  }
  const rows = given.rows ? codes(given.rows, 'строки') : '*'
  const columns = given.columns ? codes(given.columns, 'графы') : '*'
  const cell = (row: string, column: string, of = section) => `[${of}][${row}][${column}]`
  switch (pattern) {
    case 'columns': {
      const [left, right] = [codes(given.left, 'графу итога'), codes(given.right, 'слагаемые графы')]
      return {
        name: `Графа ${left} должна быть равна сумме граф ${right}`,
        rule: `{${cell(rows, left)}}|=|SUM{${cell(rows, right)}}`,
      }
    }
    case 'rows': {
      const [left, right] = [codes(given.left, 'строку итога'), codes(given.right, 'слагаемые строки')]
      return {
        name: `Строка ${left} должна быть равна сумме строк ${right}`,
        rule: `{${cell(left, columns)}}|=|SUM{${cell(right, columns)}}`,
      }
    }
    case 'not-more': {
      const [left, right] = [codes(given.left, 'меньшую графу'), codes(given.right, 'большую графу')]
      return {
        name: `Графа ${left} не должна быть больше графы ${right}`,
        rule: `{${cell(rows, left)}}|<=|{${cell(rows, right)}}`,
      }
    }
    case 'rows-not-more': {
      const [left, right] = [codes(given.left, 'меньшую строку'), codes(given.right, 'большую строку')]
      return {
        name: `Строка ${left} не должна быть больше строки ${right}`,
        rule: `{${cell(left, columns)}}|<=|{${cell(right, columns)}}`,
      }
    }
    case 'previous': {
      const [left, right] = [
        codes(given.left, 'графу этого периода'),
        codes(given.right || given.left, 'графу прошлого'),
      ]
      return {
        name: `Графа ${left} должна быть равна графе ${right} прошлого периода`,
        rule: `{${cell(rows, left)}}|=|{{${cell(rows, right)}}}`,
      }
    }
    case 'elsewhere': {
      const left = codes(given.left, 'графу')
      const [otherSection, otherRow, otherColumn] = given.right.split('/').map((part) => part.trim())
      if (!otherSection || !otherRow || !otherColumn)
        throw new BadLine({ text: 'Ячейку другого раздела пишите как раздел/строка/графа: 2/201/4.' })
      return {
        name: `Графа ${left} должна быть равна ячейке ${otherSection}/${otherRow}/${otherColumn}`,
        rule: `{${cell(rows, left)}}|=|{${cell(otherRow, otherColumn, otherSection)}}`,
      }
    }
  }
}
