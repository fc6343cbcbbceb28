import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Template } from './index.ts'
import { smallTemplate } from './small-form.fixture.ts'
import { placeKey } from './source-places.ts'
import { readTemplate } from './xml.ts'
import { readForm, writeForm } from './yaml.ts'

const folder = new URL('../reference/forms/', import.meta.url)
const xmlSamples = readdirSync(folder).filter((name) => name.endsWith('.xml'))

const templateOf = (name: string): Template => {
  const reading = readTemplate(readFileSync(new URL(name, folder)))
  if (!reading.ok) throw new Error(reading.problem.text)
  return reading.template
}

const read = (text: string): Template => {
  const reading = readForm(text)
  if (!reading.ok)
    throw new Error(reading.faults.map(({ line, column, text }) => `${line}:${column}: ${text}`).join('\n'))
  return reading.template
}

const withoutLines = (template: Template): Template => ({
  ...template,
  notes: [],
  controls: template.controls.map(({ line: _, ...control }) => control),
})

const faults = (text: string): string[] => {
  const reading = readForm(text)
  return reading.ok ? [] : reading.faults.map(({ line, column, text: words }) => `${line}:${column} ${words}`)
}

const extended: Template = {
  ...smallTemplate({
    rows: [
      { code: '', name: 'Всего: из них', type: 'C' },
      {
        code: '0101',
        level: 2,
        unit: 'чел.',
        cells: [
          { column: '5', inputType: 1 },
          { column: '3', inputType: 0 },
        ],
      },
      { code: '102', type: 'M', note: '«нет», если нет' },
    ],
    columns: [
      { code: 'А', type: 'B' },
      { code: '3', heading: ['Число', 'из них'], unit: 'тыс.' },
      {
        code: '4',
        cell: { column: '4', inputType: 2, dictionary: 'd', validationType: 5, validation: 'p=#1,102,6', default: '1' },
      },
      { code: '5', type: 'S', specific: 's1', cell: { column: '05', inputType: 1, format: 'C(2)' } },
    ],
    dictionaries: [
      {
        id: 'd',
        name: 'Д',
        terms: [
          { id: '01', name: 'да', attributes: { name: 'да', okato: '' } },
          { id: 'no', name: 'no', attributes: {} },
          { id: '3', name: 'три', attributes: {} },
          { id: '4', name: 'v', attributes: { value: 'v' } },
        ],
      },
    ],
    controls: [
      { rule: '{[1][101][3]}|=|{[1][101][4]}', fault: '0.5', precision: 0, periodClause: '&NP=4', level: 'warning' },
      { rule: '{[*][101][3]}|<=|1', condition: '{[1][101][3]}|>|0' },
      { rule: '{[1][101][3]}|>=|1' },
    ],
  }),
  pulls: [
    {
      cell: '1/101/3',
      source: { kind: 'subordinates', form: '85-k', cell: '7/701/3', period: 'year-ago', total: 'sum' },
    },
  ],
  totals: [{ section: '1', column: '3', total: 'average', weight: '4' }],
  levels: [{ code: '1', name: 'Управление' }],
  attachments: [{ code: 'a', name: 'Приказ', required: false, note: 'скан' }],
  signature: 'qualified',
  renamed: { '1/100': '1/101' },
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  carried: { before: ['<!-- слово -->'], attributes: { mark: '7' }, parts: { rows: { inside: ['<gap/>'] } } },
}

describe('a form as a YAML file', () => {
  it.each(xmlSamples)('%s comes back whole, and its file is stable', (name) => {
    const template = templateOf(name)
    const text = writeForm(template)
    expect(withoutLines(read(text))).toEqual(withoutLines(template))
    expect(writeForm(read(text))).toBe(text)
  })
  it('holds everything that a template and its extensions may have', () => {
    const text = writeForm(extended)
    expect(withoutLines(read(text))).toEqual(withoutLines(extended))
    expect(writeForm(read(text))).toBe(text)
  })
  it('reads as people write it: compact cells, controls in their section', () => {
    const text = writeForm(templateOf('85-k.xml'))
    expect(text).toContain('cells: {4: "closed N(7,0)"')
    expect(text.indexOf('{[7][701][3]}|=|{[4][401][3]}')).toBeGreaterThan(text.indexOf('code: 7'))
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(500)
  })
  it('keeps comments through a change', () => {
    const text = writeForm(extended)
      .replace('sections:', '# разделы ниже\nsections:')
      .replace('controls:', 'controls: # отношения')
    const changed = writeForm({ ...read(text), name: 'другое имя' }, `# шапка\n\n${text}`)
    expect(changed).toMatch(/^# шапка/)
    expect(changed).toContain('# разделы ниже')
    expect(changed).toContain('# отношения')
    expect(changed).toContain('name: другое имя')
  })
  it('tells where its parts stand', () => {
    const reading = readForm(writeForm(extended))
    const line = (key: string) => (reading.ok ? reading.places.get(key)?.line : undefined)
    const lines = writeForm(extended).split('\n')
    expect(lines[(line(placeKey.control('2')) ?? 0) - 1]).toContain('id: 2')
    expect(lines[(line(placeKey.cell('1', '101', '')) ?? 0) - 1]).toContain('0101')
    expect(lines[(line(placeKey.extension('pulls', 0)) ?? 0) - 1]).toContain('1/101/3')
  })
})

const short = `code: 1
sections:
  - code: 1
    columns: [{code: 3, cell: open N(5)}]
    rows: [{code: 101}]
`

describe('a fault in a YAML file', () => {
  it('is told with its line and column', () => {
    expect(faults(short)).toEqual([])
    expect(faults(`${short}colour: red\n`)).toEqual(['6:1 Слово «colour» здесь непонятно.'])
    expect(faults(short.replace('open N(5)', 'maybe'))[0]).toMatch(/^4:.* Ячейка: closed, required или open/)
    expect(faults(short.replace('code: 101', 'name: x, level: 7'))[0]).toMatch(/^5:.* Здесь может стоять: 0, 1, 2/)
    expect(faults('code: 1\n')).toEqual(['1:1 Не хватает «sections».'])
    expect(faults(short.replace('sections', 'code'))).toEqual(['2:1 Это слово в записи уже есть.'])
    expect(faults('\t- a: b')[0]).toMatch(/табуляция|нарушена|лишний/)
    expect(faults('')).toEqual(['1:1 Файл пуст.'])
    expect(faults('[1, 2')[0]).toMatch(/не хватает знака/i)
    expect(faults('просто слова')[0]).toMatch(/нужна форма/)
  })
  it('ends in words however hostile the file', () => {
    const whole = writeForm(extended)
    const edit = fc.record({
      at: fc.nat(whole.length),
      drop: fc.nat(30),
      put: fc.oneof(
        fc.string({ maxLength: 10, unit: 'binary' }),
        fc.constantFrom(
          '[',
          '{',
          '- ',
          ': ',
          '&a ',
          '*a',
          '!!js/function x',
          '|\n',
          '"',
          "'",
          '---\n',
          '<<: ',
          '\t',
          '? ',
          '__proto__: 1',
          '#',
        ),
      ),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = whole
        for (const { at, drop, put } of edits) text = text.slice(0, at) + put + text.slice(at + drop)
        const reading = readForm(text)
        if (reading.ok) return void withoutLines(reading.template)
        for (const fault of reading.faults) expect(fault.text).toMatch(/[а-яё]/i)
      }),
      { numRuns: 150 },
    )
  })
  it.each([
    ['[', '['.repeat(200_000)],
    ['{', '{a: '.repeat(100_000)],
    ['-', '- '.repeat(100_000)],
    ['indents', Array.from({ length: 3_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    [
      'aliases',
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : 'a'}, *${at ? `b${at - 1}` : 'a'}]`).join('\n')}`,
    ],
  ])('nor does %s take it down', (_, text) => {
    const start = process.cpuUsage()
    expect(readForm(text).ok).toBe(false)
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(10_000)
  })
})
