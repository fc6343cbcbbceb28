import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkReport, checkTemplate, compileForm, openSheet, reportValues } from './index.ts'
import {
  type ReportReading,
  readReport,
  readTemplate,
  type TemplateReading,
  writeReport,
  writeTemplate,
} from './xml.ts'

const file = (name: string) => readFileSync(new URL(`../reference/forms/${name}.xml`, import.meta.url))
const templateOf = (xml: string | Uint8Array) => {
  const reading = readTemplate(xml)
  if (!reading.ok) throw new Error(reading.problem.text)
  return reading.template
}
const reportOf = (xml: string | Uint8Array) => {
  const reading = readReport(xml)
  if (!reading.ok) throw new Error(reading.problem.text)
  return reading.report
}
const problemOf = (reading: TemplateReading | ReportReading) =>
  reading.ok ? 'read' : `${reading.problem.line}: ${reading.problem.text}`

const small = (inside = '', head = '') =>
  `<?xml version="1.0"?>${head}<metaForm code="1" idp="01"><sections><section code="01" name="Ы"><columns><column code="3" type="Z"><default-cell inputType="2" format="N(5,2)"/></column></columns><rows><row code="0101" type="F"/></rows></section></sections>${inside}</metaForm>`

describe('hostile files', () => {
  it('are refused for any DOCTYPE or entity', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>'
    expect(problemOf(readTemplate(small('', bomb)))).toMatch(/^1: В файле есть объявление DOCTYPE/)
    expect(problemOf(readReport('<!DOCTYPE report SYSTEM "file:///etc/passwd"><report/>'))).toMatch(/DOCTYPE/)
    expect(problemOf(readReport('<report year="&secret;"/>'))).toMatch(/неизвестная сущность/)
  })
  it('are refused for depth, for size, for being broken', () => {
    expect(problemOf(readTemplate(small('<a>'.repeat(40) + '</a>'.repeat(40))))).toMatch(/32 вложенных/)
    expect(problemOf(readTemplate(new Uint8Array(21 * 1024 * 1024)))).toBe('0: Файл больше 20 МБ.')
    expect(problemOf(readTemplate('\n\n<metaForm><sections></metaForm>'))).toMatch(/^3: Файл повреждён/)
    expect(problemOf(readTemplate('привет'))).toMatch(/Файл повреждён/)
    expect(problemOf(readTemplate(''))).toMatch(/Файл/)
    expect(problemOf(readTemplate('<report/>'))).toMatch(/Это не шаблон/)
    expect(problemOf(readReport('<metaForm/>'))).toMatch(/Это не отчёт/)
    expect(problemOf(readReport(`<report ${Array.from({ length: 70 }, (_, at) => `a${at}="1"`).join(' ')}/>`))).toMatch(
      /слишком много атрибутов/,
    )
  })
  it('do not reach prototypes', () => {
    const report = reportOf(
      '<report year="2026"><title><item name="__proto__" value="x"/><item name="constructor" value="y"/></title></report>',
    )
    expect(Object.getPrototypeOf(report.title)).toBe(Object.prototype)
    expect(Object.keys(report.title)).toEqual(['__proto__', 'constructor'])
  })
})

describe('a template file', () => {
  it('is read in UTF-8 with a mark and in windows-1251', () => {
    const marked = new TextEncoder().encode(`\ufeff${small()}`)
    expect(templateOf(marked).sections[0]?.name).toBe('Ы')
    const declared = small().replace('version="1.0"', 'version="1.0" encoding="windows-1251"')
    const bytes = Uint8Array.from(
      [...declared].map((character) => (character === 'Ы' ? 0xdb : character.charCodeAt(0))),
    )
    expect(templateOf(bytes).sections[0]?.name).toBe('Ы')
    expect(
      problemOf(
        readTemplate(new TextEncoder().encode(small().replace('version="1.0"', 'version="1.0" encoding="koi8-r"'))),
      ),
    ).toMatch(/не поддерживается/)
    expect(problemOf(readTemplate(Uint8Array.from([0x3c, 0xff, 0x3e])))).toMatch(/не читается/)
  })
  it('is read whatever the case of its attributes', () => {
    const shouting = small().replace('inputType', 'INPUTTYPE').replace('format=', 'Format=')
    expect(templateOf(shouting).sections[0]?.columns[0]?.cell).toMatchObject({ inputType: 2, format: 'N(5,2)' })
  })
  it('notes what it does not know', () => {
    const { notes } = templateOf(small('<extra/>').replace('type="F"', 'type="F" colour="red"'))
    expect(notes.map(({ text }) => text)).toEqual([
      'Элемент «extra» внутри «metaform» непонятен и не учтён.',
      'Атрибут «colour» элемента «row» непонятен и не учтён: «red».',
    ])
  })
})

describe('the reference forms', () => {
  it.each(['85-k', '1-energo'])('%s has nothing wrong and survives writing', (name) => {
    const template = templateOf(file(name))
    expect(template.notes).toEqual([])
    expect(checkTemplate(template)).toEqual([])
    const withoutLines = (given: typeof template) => ({
      ...given,
      controls: given.controls.map((control) => ({ ...control, line: 0 })),
    })
    expect(withoutLines(templateOf(writeTemplate(template)))).toEqual(withoutLines(template))
  })

  const form = compileForm(templateOf(file('85-k')))
  const before = reportOf(file('samples/85-k-2025'))

  it('85-К: the kindergarten’s reports are in order, and the one with errors is not', () => {
    expect(checkReport(form, before)).toEqual([])
    expect(checkReport(form, reportOf(file('samples/85-k-2026')), before)).toEqual([])
    const problems = checkReport(form, reportOf(file('samples/85-k-2026-errors')), before)
    expect(
      problems.map(({ level, control, row, column, sums }) => `${level} ${control} ${row}/${column} ${sums}`),
    ).toEqual([
      'error 7.2 701/3 274 ≠ 276, разница −2',
      'error 7.4 702/5 5 > 4, разница 1',
      'error 7.9 706/8 8 > 7, разница 1',
      'warning 7.18 701/11 14 > 11, разница 3',
      'warning 7.21 709/9 ',
    ])
  })
  it('85-К: totals come out of what is entered, and the written file reads the same', () => {
    const given = reportValues(form, reportOf(file('samples/85-k-2026')))
    const sheet = openSheet(form, given)
    const all = { ...sheet.values(), ...sheet.computedValues() }
    expect(all).toEqual(given)
    expect(reportValues(form, reportOf(writeReport(form, all, { year: 2026 })))).toEqual(given)
  })
  it('85-К: a report for the wrong year, kind or organisation stops at that', () => {
    const report = reportOf(file('samples/85-k-2026-errors'))
    const stages = (change: Partial<typeof report>) => [
      ...new Set(checkReport(form, { ...report, ...change }).map(({ stage, level }) => `${stage} ${level}`)),
    ]
    expect(stages({ year: '26' })).toEqual(['attributes error'])
    expect(stages({ period: '1203' })).toEqual(['attributes error'])
    expect(stages({ title: { ...report.title, okpo: '123' } })).toEqual(['title error'])
  })
})

describe('a report file', () => {
  const form = compileForm(templateOf(file('85-k')))
  const row = (code: string, cells = '<col code="5">1</col>') => `<row code="${code}">${cells}</row>`
  const codes = (inside: string) =>
    checkReport(form, reportOf(`<report year="2026" period="0101"><sections>${inside}</sections></report>`)).map(
      ({ code, text }) => `${code} ${text}`,
    )

  it('tells unknown sections, rows and columns, repeated rows and filled «х» cells at once', () =>
    expect(
      codes(
        `<section code="7">${row('701')}${row('701')}${row('799')}${row('702', '<col code="99">1</col>')}${row('705', '<col code="4">3</col><col code="5">х</col>')}</section><section code="8">${row('1')}</section>`,
      ),
    ).toEqual([
      'repeated-row Раздел 7, строка 701: строка повторяется.',
      'unknown-row Раздел 7, строка 799: строки 799 нет в форме.',
      'unknown-column Раздел 7, строка 702, графа 99: графы 99 нет в форме.',
      'unknown-section Раздел 8: раздела 8 нет в форме.',
      'closed-filled Раздел 7, строка 705, графа 4: ячейка не заполняется («х»), а в ней есть значение.',
      'not-a-number Раздел 7, строка 705, графа 5: «х» — не число.',
    ]))
  it('has empty cells that are not zero', () => {
    const values = reportValues(
      form,
      reportOf(
        `<report year="2026"><sections><section code="07">${row('0701', '<col code="5"/><col code="06">0</col>')}</section></sections></report>`,
      ),
    )
    expect(values).toEqual({ '7/701/5': '', '7/701/6': '0' })
    expect(openSheet(form, values).value('7/701/5')).toBeNull()
  })
})
