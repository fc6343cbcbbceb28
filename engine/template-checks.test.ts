import { describe, expect, it } from 'vitest'
import { checkTemplate, compileForm, type Template } from './index.ts'
import { notEntered, type Small, smallTemplate } from './small-form.fixture.ts'

const told = (small: Small, more: Partial<Template> = {}): string[] =>
  checkTemplate({ ...smallTemplate(small), ...more }).map(
    ({ code, level, where, text }) => `${level} ${code} ${where}: ${text}`,
  )

const rules = (
  ...controls: (
    | string
    | { rule: string; condition?: string; level?: 'warning'; periodClause?: string; fault?: string }
  )[]
) => told({ controls: controls.map((control) => (typeof control === 'string' ? { rule: control } : control)) })

const cell = '{[1][101][3]}'

describe('publishing refuses', () => {
  it('rings of computed cells, each shown once, cell by cell', () => {
    const columns = ['3', '4', '5', '6'].map((code) => ({ code, cell: notEntered(code) }))
    const controls = [
      '{[1][101][3]}|=|{[1][101][4]}+1',
      '{[1][101][4]}|=|{[1][101][5]}+1',
      '{[1][101][5]}|=|{[1][101][3]}*2',
      '{[1][101][6]}|=|{[1][101][3]}',
    ]
    const found = told({ columns, controls: controls.map((rule) => ({ rule })) })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('1/101/3 ← 1/101/4 ← 1/101/5 ← 1/101/3 (по контролям 1, 2, 3)')
  })
  it('bounds that leave nothing between them', () => {
    expect(rules(`${cell}|>=|5`, `${cell}|<=|4`)[0]).toMatch(
      /^error contradiction Раздел 1, строка 101, графа 3, контроли 1 и 2/,
    )
    expect(rules(`${cell}|>|5`, `${cell}|<|5`)).toEqual([]) // both sides are rounded to two digits, the cell has four
    expect(rules(`${cell}+{[1][101][4]}|>=|5`, `2*{[1][101][4]}|<=|8-2*${cell}`)).toHaveLength(1)
    expect(rules(`${cell}|=|5`, `${cell}|=|6`)).toHaveLength(1)
    expect(rules(`${cell}|>=|5`, `${cell}|<=|5`)).toEqual([])
    expect(rules(`${cell}|>=|5`, { rule: `${cell}|<=|4`, fault: '2' })).toEqual([])
    expect(rules(`1|=|2`)[0]).toContain('Правило не может выполниться')
    expect(rules(`${cell}|>=|${cell}+1`)[0]).toContain('Правило не может выполниться')
    expect(rules(`${cell}|>=|5|and|${cell}|<=|4`)[0]).toContain('Правило не может выполниться')
    expect(rules(`${cell}|>=|5|or|${cell}|<=|4`)).toEqual([])
  })
  it('but only doubts what holds under a condition or is a warning', () => {
    expect(rules(`${cell}|>=|5`, { rule: `${cell}|<=|4`, condition: '{[1][101][4]}|>|0' })[0]).toMatch(
      /^warning doubtful/,
    )
    expect(rules(`${cell}|>=|5`, { rule: `${cell}|<=|4`, level: 'warning' })[0]).toMatch(/^warning doubtful/)
    const [first, second] = ['{[1][101][4]}|>|0', '{[1][101][4]}|=|0']
    expect(rules({ rule: `${cell}|>=|5`, condition: first }, { rule: `${cell}|<=|4`, condition: second })).toEqual([])
  })
  it('conditions and periods that never come', () => {
    expect(rules({ rule: `${cell}|>=|5`, condition: `{[1][102][3]}|>|3|and|{[1][102][3]}|<|1` })[0]).toContain(
      'Условие не может выполниться',
    )
    expect(rules(`{[1][102][3]}|<=|3`, { rule: `${cell}|>=|5`, condition: `{[1][102][3]}|>|4` })[0]).toMatch(
      /^warning doubtful.*контроль вряд ли/,
    )
    expect(rules({ rule: `${cell}|>=|5`, periodClause: '&NP=4' })[0]).toMatch(/^error contradiction.*ни для одного/)
  })
  it('two controls that work one cell out differently, and not two ways to the same', () => {
    const columns = [{ code: '3', cell: notEntered('3') }, { code: '4' }, { code: '5' }, { code: '6' }]
    const found = told({
      columns,
      controls: [
        { rule: '{[1][101][3]}|=|{[1][101][4]}+{[1][101][5]}' },
        { rule: '{[1][101][3]}|=|SUM{[1][101][4-6]}' },
      ],
    })
    expect(found[0]).toMatch(/^error contradiction Раздел 1, строка 101, графа 3, контроли 1 и 2/)
    expect(found[0]).toContain('не заполнять: раздел 1, строка 101, графа 6')
    const both = {
      columns: [{ code: '3', cell: notEntered('3') }, { code: '4' }, { code: '5' }],
      rows: [{ code: '1', cells: ['4', '5'].map((code) => notEntered(code)) }, { code: '2' }, { code: '3' }],
    }
    expect(
      told({
        ...both,
        controls: [{ rule: '{[1][*][3]}|=|SUM{[1][*][4-5]}' }, { rule: '{[1][1][*]}|=|SUM{[1][2-3][*]}' }],
      }),
    ).toEqual([])
    expect(
      told({
        columns,
        controls: [{ rule: '{[1][101][3]}|=|{[1][101][4]}' }, { rule: '{[1][101][3]}|=|{[1][101][5]}+{[1][101][6]}' }],
      }),
    ).toEqual([])
  })
  it('specifics, dictionaries and linked places that are not there', () => {
    const columns = [
      { code: '3' },
      {
        code: '4',
        type: 'S' as const,
        specific: 's1' as const,
        cell: { column: '4', inputType: 1 as const, dictionary: 'd' },
      },
    ]
    const dictionaries = [{ id: 'd', terms: [{ id: '1', name: 'а', attributes: {} }] }]
    const rows = [{ code: '101', type: 'M' as const }]
    const found = told({
      columns,
      rows,
      dictionaries,
      controls: [
        { rule: '{[1][101][3][7]}|>=|0' },
        { rule: '{[1][101][3][*][1]}|>=|0' },
        { rule: '{[1][101][3][1]}|>=|0' },
      ],
    })
    expect(found.map((line) => line.slice(0, 60))).toEqual([
      expect.stringMatching(/unknown-dictionary Контроль 1/),
      expect.stringMatching(/unknown-column Контроль 2/),
    ])
    const linked = {
      column: '3',
      inputType: 2 as const,
      dictionary: 'd',
      validationType: 5 as const,
      validation: 'p=#1,101,9',
    }
    expect(told({ columns: [{ code: '3', cell: linked }], rows, dictionaries })[0]).toContain('Графы 9 в разделе 1 нет')
  })
  it('pulls, totals, levels and names that lead nowhere', () => {
    const other = compileForm({ ...smallTemplate({}), code: '2', cipher: 'другая' })
    const pull = (cell: string, source: string) => ({
      cell,
      source: { kind: 'form' as const, form: 'Другая', cell: source, period: 'same' as const },
    })
    const template: Template = {
      ...smallTemplate({}),
      pulls: [
        pull('1/101/3', '1/101/3'),
        pull('1/999/3', '1/101/3'),
        pull('1/102/3', '1/102/9'),
        pull('1/101/3', '1/101/3'),
        { cell: '1/103/3', source: { kind: 'form', form: 'третья', cell: '1/1/1', period: 'same' } },
      ],
      totals: [
        { section: '1', column: '9', total: 'sum' },
        { section: '1', column: '3', total: 'average', weight: '1/1/1' },
      ],
      levels: [
        { code: '1', name: 'а' },
        { code: '1', name: 'б' },
      ],
      renamed: { '1/77': '1/999', '1/101': '1/102' },
      validFrom: '2026-05-01',
      validTo: '2026-01-01',
    }
    expect(
      checkTemplate(template, (key) => (key === 'другая' ? other : undefined)).map(
        ({ text, extension = '' }) => `${extension} ${text}`,
      ),
    ).toEqual([
      'pulls 1 Ячейки 1/999/3 в форме нет.',
      'pulls 2 Ячейки 1/102/9 в форме «Другая» нет.',
      'pulls 4 Формы «третья» нет среди опубликованных.',
      'pulls 3 Ячейка подтягивается дважды: 1/101/3.',
      'totals 0 Графы 9 в разделе 1 нет.',
      'totals 1 Веса «1/1/1» нет: назовите графу раздела или адрес ячейки.',
      'levels 1 Код уровня приёмки повторяется: 1.',
      ' Места 1/999 в форме нет.',
      ' Место 1/101 в форме есть и теперь: прежние значения перейдут не в него, а в 1/102.',
      ' Версия кончается раньше, чем начинается.',
    ])
  })
})
