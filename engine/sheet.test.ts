import { describe, expect, it } from 'vitest'
import { compileForm, normalAddress, parseAddress } from './index.ts'
import { notEntered, sheetOf, smallTemplate, templateProblems } from './small-form.fixture.ts'

const totals = {
  columns: [{ code: '3', cell: notEntered('3') }, { code: '4' }, { code: '5' }],
  controls: [{ rule: '{[1][101-104][3]}|=|SUM{[1][101-104][4-5]}' }],
}

describe('typing', () => {
  const sheet = () => sheetOf(totals, {})

  it.each([
    ['1 234,5', '1234.5', '1\u202f234,5'],
    ['1\u00a0234\u202f567', '1234567', '1\u202f234\u202f567'],
    ['\u22125', '-5', '\u22125'],
    ['–0,50', '-0.5', '\u22120,5'],
    ['+07.00', '7', '7'],
    ['-0', '0', '0'],
    ['.5', '0.5', '0,5'],
  ])('%j is %s', (typed, value, shown) => {
    const one = sheet()
    expect(one.set('1/101/4', typed)).toMatchObject({ ok: true, value })
    expect(one.text('1/101/4')).toBe(shown)
  })
  it('clears with nothing, and tells what changed', () => {
    const one = sheet()
    expect(one.set('01/0101/04', '2')).toEqual({ ok: true, value: '2', changed: ['1/101/4', '1/101/3'] })
    expect(one.set('1/101/4', '2,0')).toEqual({ ok: true, value: '2', changed: [] })
    expect(one.set('1/101/4', '  ')).toEqual({ ok: true, value: null, changed: ['1/101/4', '1/101/3'] })
    expect(one.values()).toEqual({})
  })
  it.each(['12a', '1,2,3', '1.2,3', '1e5', 'NaN', '--1', '∞'])('%j is refused and nothing changes', (typed) => {
    const one = sheet()
    expect(one.set('1/101/4', typed)).toMatchObject({ ok: false })
    expect(one.values()).toEqual({})
  })
  it('is refused in computed, closed and unknown cells', () => {
    const one = sheet()
    expect([one.set('1/101/3', '1'), one.set('1/105/3', '1'), one.set('1/999/3', '1')]).toEqual([
      { ok: false, problem: 'Ячейка рассчитывается сама, вводить в неё ничего не нужно.' },
      { ok: false, problem: 'Ячейка не заполняется («х»).' },
      { ok: false, problem: 'Ячейки 1/999/3 нет в форме.' },
    ])
    expect(one.text('1/105/3')).toBe('х')
  })
  it('pastes a block with what fits', () => {
    const one = sheet()
    const { changed, refused } = one.setMany({ '1/101/4': '1', '1/101/5': 'x', '1/102/4': '2' })
    expect(changed.sort()).toEqual(['1/101/3', '1/101/4', '1/102/3', '1/102/4'])
    expect(refused.map(({ address }) => address)).toEqual(['1/101/5'])
  })
})

describe('computed cells', () => {
  it('are those not entered that an unconditional equality defines; without one they are closed', () => {
    const form = compileForm(smallTemplate({ ...totals }))
    expect(['1/101/3', '1/101/4', '1/105/3'].map((address) => form.cell(address)?.kind)).toEqual([
      'computed',
      'input',
      'closed',
    ])
    const kindWith = (control: object) =>
      compileForm(
        smallTemplate({
          ...totals,
          controls: [{ ...totals.controls[0], rule: '{[1][101][3]}|=|{[1][101][4]}', ...control }],
        }),
      ).cell('1/101/3')?.kind
    expect([
      kindWith({}),
      kindWith({ level: 'warning' }),
      kindWith({ condition: '1|=|1' }),
      kindWith({ fault: '1' }),
      kindWith({ periodClause: '&NP=1' }),
    ]).toEqual(['computed', 'closed', 'closed', 'closed', 'closed'])
  })
  it('are pulled when they come from one cell of another section or of the previous period', () => {
    const more = [
      {
        code: '2',
        columns: [
          { code: '3', cell: notEntered('3') },
          { code: '4', cell: notEntered('4') },
        ],
        rows: [{ code: '1' }],
      },
    ]
    const controls = [{ rule: '{[2][1][3]}|=|{[1][101][4]}' }, { rule: '{{[1][101][5]}}|=|{[2][1][4]}' }]
    const sheet = sheetOf({ more, controls }, { '1/101/4': '5' }, { previous: { '1/101/5': '7' } })
    expect([sheet.form.cell('2/1/3')?.kind, sheet.form.cell('2/1/4')?.kind]).toEqual(['pulled', 'pulled'])
    expect(sheet.computedValues()).toEqual({ '2/1/3': '5', '2/1/4': '7' })
    expect(sheet.explain('2/1/3')?.text).toBe('Из другого раздела: раздел 1, строка 101, графа 4 — 5')
    expect(sheet.explain('2/1/4')?.text).toBe('Из отчёта за прошлый период: раздел 1, строка 101, графа 5 — 7')
  })
  it('stay empty while their sources are, and say why they have their value', () => {
    const sheet = sheetOf(totals, {})
    expect(sheet.value('1/101/3')).toBeNull()
    sheet.set('1/101/4', '1000')
    sheet.set('1/101/5', '-1')
    expect(sheet.explain('1/101/3')).toMatchObject({
      kind: 'computed',
      value: '999',
      text: 'Сумма граф 4, 5 строки 101: 1\u202f000 + (−1) = 999',
    })
    expect(sheet.explain('1/101/4')).toBeUndefined()
  })
  it('are exact where numbers no longer fit: 15 digits and cents, and thirds', () => {
    const sheet = sheetOf(totals, { '1/101/4': '999999999999999.9999', '1/101/5': '0.0001' })
    expect(sheet.value('1/101/3')).toBe('1000000000000000')
    sheet.set('1/101/5', '0')
    expect(sheet.value('1/101/3')).toBe('999999999999999.9999')
    const thirds = sheetOf(
      { ...totals, controls: [{ rule: '{[1][101][3]}|=|{[1][101][4]}/{[1][101][5]}' }] },
      { '1/101/4': '2', '1/101/5': '3' },
    )
    expect(thirds.value('1/101/3')).toBe('0.6667')
  })
  it('are only checked, not mended, when taken as given', () => {
    const given = { '1/101/3': '5', '1/101/4': '1' }
    expect(sheetOf(totals, given).value('1/101/3')).toBe('1')
    const sheet = sheetOf(totals, given, { computed: 'as-given' })
    expect(sheet.value('1/101/3')).toBe('5')
    expect(sheet.check().map(({ text }) => text)).toEqual([
      'Раздел 1, строка 101, графа 3. контроль 1: 5 ≠ 1, разница 4.',
    ])
  })
  it('in a circle have no value, and the template check says so', () => {
    const circle = {
      ...totals,
      controls: [{ rule: '{[1][101][3]}|=|{[1][102][3]}+1' }, { rule: '{[1][102][3]}|=|{[1][101][3]}' }],
    }
    expect(sheetOf(circle, { '1/101/4': '1' }).computedValues()).toEqual({})
    expect(templateProblems(circle).map((text) => text.slice(0, 5))).toEqual(['cycle'])
  })
})

describe('multiple rows', () => {
  const small = {
    columns: [{ code: '3' }, { code: '4' }, { code: '5', cell: notEntered('5') }],
    rows: [
      { code: '200', cells: [notEntered('3'), notEntered('4')] },
      { code: '201', type: 'M' as const },
    ],
    controls: [{ rule: '{[1][201][5]}|=|{[1][201][3]}*{[1][201][4]}' }, { rule: '{[1][200][5]}|=|SUM{[1][201][5]}' }],
  }
  it('come and go, each with its own computed cells', () => {
    const sheet = sheetOf(small, {})
    expect([sheet.addRow('1', '201'), sheet.addRow('1', '201'), sheet.addRow('1', '200')]).toEqual([1, 2, undefined])
    sheet.set('1/201#1/3', '2')
    sheet.set('1/201#1/4', '3')
    sheet.setMany({ '1/201#2/3': '1,5', '1/201#2/4': '2' })
    expect(sheet.computedValues()).toEqual({ '1/201#1/5': '6', '1/201#2/5': '3', '1/200/5': '9' })
    expect(sheet.removeRow('1', '201', 1)).toBe(true)
    expect(sheet.removeRow('1', '201', 2)).toBe(false)
    expect(sheet.values()).toEqual({ '1/201#1/3': '1.5', '1/201#1/4': '2' })
    expect(sheet.value('1/200/5')).toBe('3')
    expect(sheet.instances('1', '201')).toBe(1)
  })
  it('are counted in what is filled', () =>
    expect(sheetOf(small, { '1/201#2/3': '1' }).fill()).toEqual([{ section: '1', filled: 1, total: 4 }]))
})

it('a check that looks at the previous period is off without one', () => {
  const controls = [{ rule: '{[1][101][3]}|<=|{{[1][101][3]}}' }]
  const check = (previous?: Record<string, string>) =>
    sheetOf({ controls }, { '1/101/3': '5' }, { previous }).check().length
  expect([check(), check({ '1/101/3': '4' }), check({ '1/101/3': '5' })]).toEqual([0, 1, 0])
})

it('addresses are normalised, and others are none', () => {
  expect(normalAddress('07/0701/03')).toBe('7/701/3')
  expect(parseAddress('2/201#12/А')).toEqual({ section: '2', row: '201', instance: 12, column: 'А' })
  expect(['7/701', '7/701/3/4', '', '7//3', '7/701#0/3', '7/701#x/3'].map(parseAddress)).toEqual(
    Array(6).fill(undefined),
  )
})

it('a template’s own faults are told with their places', () => {
  const cell = {
    column: '3',
    inputType: 2 as const,
    format: 'Q(5)',
    dictionary: 'none',
    validationType: 2 as const,
    validation: 'x',
  }
  expect(
    templateProblems({
      columns: [{ code: '3', cell }, { code: '03' }],
      rows: [{ code: '1' }, { code: '01' }],
      controls: [{ rule: '1|=|', periodClause: '&X', fault: 'много' }],
    }),
  ).toEqual([
    'bad-format: Формат «Q(5)» непонятен. Пишите N(15,2) для чисел, C(250) для текста.',
    'unknown-dictionary: Справочника «none» в шаблоне нет.',
    'bad-validation: Диапазон «x» непонятен. Пишите «от-до»: 0-100.',
    'duplicate: Код строки 1 повторяется.',
    'duplicate: Код графы 3 повторяется.',
    'bad-rule: Запись оборвана.',
    'bad-period-clause: Условие периода непонятно с этого места: «&X».',
    'bad-tolerance: Допуск «много» — не число.',
  ])
})

it('a hundred thousand cells in one rule are refused, not waited for', () => {
  const rows = Array.from({ length: 1000 }, (_, at) => ({ code: String(at + 1) }))
  const side = 'SUM{[1][*][*]}'
  const rule = `${Array.from({ length: 60 }, () => side).join('+')}|=|0`
  expect(templateProblems({ rows, controls: [{ rule }] })).toEqual([
    'bad-rule: Контроль охватывает слишком много ячеек: разделите его.',
  ])
})
