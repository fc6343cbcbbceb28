import { describe, expect, it } from 'vitest'
import { writeBook } from '../../../kernel/spreadsheets/index.ts'
import { type BookSheet, readBook } from './books.ts'
import { understand } from './recognition.ts'

const sheetOf = (lines: string[], merges: BookSheet['merges'] = []): BookSheet => ({
  name: 'Раздел 1',
  merges,
  rows: lines.flatMap((line, index) => {
    const cells = line.split('|').flatMap((text, column) => (text === '' ? [] : [{ column: column + 1, text }]))
    return cells.length === 0 ? [] : [{ number: index + 1, cells }]
  }),
})
const merge = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right })

const official = sheetOf(
  [
    'Раздел 1. Состав воспитанников',
    'Код по ОКЕИ: человек – 792',
    '',
    'Наименование показателей|№ строки|Всего|в том числе||Доля, %',
    '|||в возрасте||',
    '|||до 3 лет|3 года и старше|',
    'А|Б|3|4|5|6',
    'Численность – всего|101|||| 1,5',
    'из них:|||||',
    '  девочки|102|||х|',
    '  мальчики|103|||Х|',
    '',
    'Руководитель организации|||подпись',
  ],
  [merge(4, 1, 6, 1), merge(4, 2, 6, 2), merge(4, 3, 6, 3), merge(4, 4, 4, 5), merge(5, 4, 5, 5), merge(4, 6, 6, 6)],
)

describe('a table of a workbook', () => {
  const [table] = understand([official])
  it('gives the section its name, unit, place', () => {
    expect(table?.reading).toMatchObject({
      name: 'Состав воспитанников',
      unit: 'человек – 792',
      headFrom: 4,
      headTo: 6,
      numbers: 7,
      from: 8,
      to: 11,
      nameColumn: 'A',
      codeColumn: 'B',
    })
  })
  it('gives columns with headings of several levels', () => {
    expect(table?.section.columns.map(({ code, name, type, heading }) => [code, type, ...heading, name])).toEqual([
      ['А', 'B', 'Наименование показателей'],
      ['Б', 'V', '№ строки'],
      ['3', 'Z', 'Всего'],
      ['4', 'Z', 'в том числе', 'в возрасте', 'до 3 лет'],
      ['5', 'Z', 'в том числе', 'в возрасте', '3 года и старше'],
      ['6', 'Z', 'Доля, %'],
    ])
    expect(table?.section.columns.map(({ cell }) => cell?.format)).toEqual([
      undefined,
      undefined,
      'N(15)',
      'N(15)',
      'N(15)',
      'N(15,2)',
    ])
  })
  it('gives rows with captions, levels and closed cells', () => {
    expect(
      table?.section.rows.map(({ code, name, type, level, cells }) => [
        code,
        name,
        type,
        level,
        cells.map(({ column }) => column).join(),
      ]),
    ).toEqual([
      ['101', 'Численность – всего', 'F', 0, ''],
      ['', 'из них:', 'C', 0, ''],
      ['102', 'девочки', 'F', 1, '5'],
      ['103', 'мальчики', 'F', 1, '5'],
    ])
  })
  it('is read anew as a person says', () => {
    const [mended] = understand([official], [{ from: 10, name: 'Дети', codeColumn: '' }])
    expect(mended?.section.name).toBe('Дети')
    expect(mended?.section.rows.map(({ code }) => code)).toEqual(['01', '02'])
    expect(mended?.notes.join()).toContain('пронумерованы по порядку')
  })
})

it('two tables of one sheet are two sections, and a table without numbers is read too', () => {
  const two = sheetOf([
    'Раздел 1',
    'Имя|Код строки|Всего',
    '1|2|3',
    'а|01|',
    '',
    'Раздел 2',
    'Имя|Код строки|Всего',
    '1|2|3',
    'б|01|',
  ])
  expect(understand([two]).map(({ reading, section }) => [reading.from, section.rows.length])).toEqual([
    [4, 1],
    [9, 1],
  ])
  const [bare] = understand([sheetOf(['Показатель|Сад|Школа', 'Дети|5|7', 'Взрослые|х|2'])])
  expect(bare?.section.columns.map(({ code, type }) => `${code}${type}`)).toEqual(['1B', '2Z', '3Z'])
  expect(bare?.section.rows.map(({ cells }) => cells.length)).toEqual([0, 1])
})

it('a workbook is read with its merged cells', async () => {
  const cell = (column: number, text: string) => ({ column, text, style: { look: 'plain' as const } })
  const sheet = {
    name: 'Л',
    rows: [{ cells: [cell(1, 'Показатель'), cell(2, 'из них')] }, { cells: [cell(1, 'дети')] }],
    merged: () => ['B1:C1'],
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of writeBook([sheet])) chunks.push(chunk)
  const [read] = await readBook(new Uint8Array(Buffer.concat(chunks)))
  expect(read?.merges).toEqual([merge(1, 2, 1, 3)])
  expect(read?.rows.length).toBe(2)
})
