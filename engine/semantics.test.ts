import { describe, expect, it } from 'vitest'
import { compileForm, reportPeriod } from './index.ts'
import type { Report } from './report.ts'
import { failed, notEntered, sheetOf, smallTemplate, templateProblems } from './small-form.fixture.ts'

const v = (cells: Record<string, string>) =>
  Object.fromEntries(Object.entries(cells).map(([key, value]) => [`1/${key}`, value]))

const resources = {
  id: 'res',
  terms: ['b', 'a', 'c', 'd'].map((id) => ({ id, name: id.toUpperCase(), attributes: {} })),
}
const multiple = {
  columns: [
    {
      code: '2',
      type: 'S' as const,
      specific: 's1' as const,
      cell: { column: '2', inputType: 2 as const, dictionary: 'res' },
    },
    { code: '3' },
    { code: '4' },
  ],
  rows: [{ code: '101' }, { code: '201', type: 'M' as const }],
  dictionaries: [resources],
}

describe('1. an empty cell', () => {
  it('counts as zero in comparison and arithmetic', () => {
    expect(failed('{[1][101][3]}|=|0', v({ '102/3': '1' }))).toEqual([])
    expect(failed('{[1][101][3]}+2|=|3', v({ '102/3': '1' }))).toEqual(['1/101/3 2 = 3'])
  })
  it('is empty for ISNULL, COALESCE and NULLIF, and stays so through a sum of empties', () => {
    expect(failed('ISNULL({[1][101][3]},7)|=|7', v({ '102/3': '1' }))).toEqual([])
    expect(failed('ISNULL({[1][101][3]}+{[1][101][4]},7)|=|7', v({ '102/3': '1' }))).toEqual([])
    expect(failed('COALESCE({[1][101][3]},{[1][101][4]},{[1][102][3]})|=|1', v({ '102/3': '1' }))).toEqual([])
    expect(failed('ISNULL(NULLIF({[1][102][3]},1),9)|=|9', v({ '102/3': '1' }))).toEqual([])
  })
  it('times two is zero, not empty', () =>
    expect(failed('ISNULL({[1][101][3]}*2,7)|=|0', v({ '102/3': '1' }))).toEqual([]))
})

describe('2. stars and missing rows', () => {
  it('takes for * the rows that the report has and the value columns', () => {
    expect(failed('{[1][*][3]}|>|0', v({ '101/3': '1', '103/4': '5' }))).toEqual(['1/103/3 0 > 0'])
    expect(failed('SUM{[1][101][*]}|=|3', v({ '101/3': '1', '101/6': '2' }))).toEqual([])
  })
  it('takes a listed row that the report lacks as one empty row', () =>
    expect(failed('{[1][101,102][3]}|>|0', v({ '101/3': '1' }))).toEqual(['1/102/3 0 > 0']))
  it('does so for a multiple row without instances', () =>
    expect(failed('SUM{[1][201][3]}|=|{[1][101][3]}', v({ '101/3': '5' }), multiple)).toEqual(['1/101/3 0 = 5']))
})

describe('3. the direction of SUM', () => {
  const cells = v({ '101/3': '3', '101/4': '30', '102/3': '1', '103/3': '2', '102/4': '10', '103/4': '20' })
  it('sums rows in each column when the columns are the same', () =>
    expect(failed('{[1][101][3,4]}|=|SUM{[1][102,103][3-4]}', cells)).toEqual([]))
  it('sums columns in each row when the rows are the same', () =>
    expect(
      failed('{[1][101-103][5]}|=|SUM{[1][101,102,103][3,4]}', { ...cells, ...v({ '101/5': '33', '102/5': '11' }) }),
    ).toEqual(['1/103/5 0 = 22']))
  it('sums everything otherwise', () => expect(failed('SUM{[1][102-103][3-4]}|=|33', cells)).toEqual([]))
  it('lets a later SUM of a chain look at its left neighbour', () =>
    expect(failed('SUM{[1][102][3-4]}|=|11|=|SUM{[1][102][3-4]}', cells)).toEqual([]))
})

describe('4. a condition', () => {
  it('holds only if all its pairs hold', () => {
    const rule = { rule: '{[1][104][3]}|=|1', condition: '{[1][101-102][3]}|>|0' }
    expect(failed(rule, v({ '101/3': '1' }))).toEqual([])
    expect(failed(rule, v({ '101/3': '1', '102/3': '1' }))).toEqual(['1/104/3 0 = 1'])
  })
  it('knows no tolerance, but precision', () => {
    const control = { rule: '{[1][104][3]}|=|10', condition: '{[1][101][3]}|=|1', fault: '1', precision: 1 }
    expect(failed(control, v({ '101/3': '1.5' }))).toEqual([])
    expect(failed(control, v({ '101/3': '1.04' }))).toEqual(['1/104/3 0 = 10'])
  })
})

describe('5. a side with no cells', () => {
  it('switches the control off', () =>
    expect(failed('SUM{[1][*][3][c]}|=|5', v({ '101/3': '1' }), multiple)).toEqual([]))
  it('switches it off from the condition too', () =>
    expect(
      failed({ rule: '{[1][101][3]}|=|5', condition: '{[1][201][3][c]}|=|0' }, v({ '101/3': '1' }), multiple),
    ).toEqual([]))
})

describe('6. and, or', () => {
  const one = v({ '101/3': '1' })
  it('have equal rank and go from left to right', () => {
    expect(failed('{[1][101][3]}|=|1 |or| {[1][101][3]}|=|2 |and| {[1][101][3]}|=|3', one)).toEqual(['1/101/3 1 = 3'])
    expect(failed('{[1][101][3]}|=|1 or ({[1][101][3]}|=|2 AND {[1][101][3]}|=|3)', one)).toEqual([])
  })
  it('tell the last alternative of a failed or', () =>
    expect(failed('{[1][101][3]}|=|2 |or| {[1][101][3]}|=|3', one)).toEqual(['1/101/3 1 = 3']))
  it('let and bind tighter in period clauses', () => {
    const control = { rule: '{[1][101][3]}|=|2', periodClause: '&NP=1 or &NP=2 and &NP=3' }
    expect(failed(control, one, { periodicity: '12' }, { period: { kind: 12, number: 1, year: 2026 } })).toHaveLength(1)
    expect(failed(control, one, { periodicity: '12' }, { period: { kind: 12, number: 2, year: 2026 } })).toEqual([])
  })
})

it('7. each link of a chain fails by itself', () =>
  expect(failed('{[1][101][3]}|=|2|=|{[1][101][4]}', v({ '101/3': '1', '101/4': '3' }))).toEqual([
    '1/101/3 1 = 2',
    '1/101/4 2 = 3',
  ]))

describe('8. precision and tolerance', () => {
  it('rounds both sides first, then holds the difference against the tolerance', () => {
    expect(failed({ rule: '{[1][101][3]}|=|10', fault: '0.1', precision: 1 }, v({ '101/3': '10.149' }))).toEqual([])
    expect(failed({ rule: '{[1][101][3]}|=|10', fault: '0.1', precision: 2 }, v({ '101/3': '10.149' }))).toEqual([
      '1/101/3 10.15 = 10',
    ])
  })
  it('shows the difference left minus right with two digits', () => {
    const [problem] = sheetOf(
      { controls: [{ rule: '{[1][101][3]}|=|10', precision: 4 }] },
      v({ '101/3': '9.8765' }),
    ).check()
    expect(problem).toMatchObject({ difference: '-0.12', left: '9.8765', right: '10' })
  })
})

describe('9. multiple rows', () => {
  const rows = v({
    '201#1/2': 'a',
    '201#1/3': '1',
    '201#1/4': '1',
    '201#2/2': 'c',
    '201#2/3': '2',
    '201#2/4': '5',
    '201#3/3': '4',
  })
  it('pair by position', () =>
    expect(failed('{[1][201][3]}|=|{[1][201][4]}', rows, multiple)).toEqual(['1/201#2/3 2 = 5', '1/201#3/3 4 = 0']))
  it('choose ranges of specifics in the order of the dictionary', () => {
    expect(failed('SUM{[1][201][3][b-c]}|=|3', rows, multiple)).toEqual([])
    expect(failed('SUM{[1][201][3][c-d]}|=|2', rows, multiple)).toEqual([])
  })
  it('take the default of a specific that a row lacks', () => {
    const [key, ...values] = multiple.columns
    const columns = [
      { ...key, code: '2', cell: { column: '2', inputType: 2 as const, dictionary: 'res', default: 'd' } },
      ...values,
    ]
    expect(failed('SUM{[1][201][3][d]}|=|4', rows, { ...multiple, columns })).toEqual([])
  })
})

it('10. a cell of a row replaces the default cell as a whole', () => {
  const columns = [
    {
      code: '3',
      cell: { column: '3', inputType: 1 as const, format: 'N(2,0)', validationType: 2 as const, validation: '1-5' },
    },
  ]
  const rows = [{ code: '101' }, { code: '102', cells: [{ column: '3', inputType: 2 as const, format: 'N(5,1)' }] }]
  const problems = sheetOf({ columns, rows }, v({ '101/3': '4', '102/3': '1234.5' })).check()
  expect(problems).toEqual([])
})

describe('11. linked values', () => {
  const term = (id: string, attributes: Record<string, string> = {}) => ({ id, name: id, attributes })
  const dictionaries = [
    { id: 'one', terms: [term('1'), term('2')] },
    { id: 'two', terms: [term('2'), term('3')] },
    { id: 'unit', terms: [term('7', { res: 'a' }), term('7', { res: 'b' }), term('8', { res: 'c' })] },
    resources,
  ]
  it('type 4 asks for both dictionaries', () => {
    const columns = [
      {
        code: '3',
        cell: { column: '3', inputType: 2 as const, dictionary: 'one', validationType: 4 as const, validation: 'two' },
      },
    ]
    const codes = (value: string) =>
      sheetOf({ columns, dictionaries }, v({ '101/3': value }))
        .check()
        .map(({ code }) => code)
    expect([codes('1'), codes('2'), codes('3')]).toEqual([['not-in-dictionary'], [], ['not-in-dictionary']])
  })
  it('type 5 asks for a value that goes with the specific', () => {
    const cell = {
      column: '3',
      inputType: 2 as const,
      dictionary: 'unit',
      validationType: 5 as const,
      validation: 'res=#1,201,2',
    }
    const small = { ...multiple, dictionaries, columns: [...multiple.columns.slice(0, 1), { code: '3', cell }] }
    const codes = (value: string) =>
      sheetOf(small, v({ '201#1/2': 'b', '201#1/3': value }))
        .check()
        .map(({ code }) => code)
    expect([codes('7'), codes('8')]).toEqual([[], ['not-in-dictionary']])
  })
})

describe('12. stages', () => {
  it('skips the controls of a report with no cells at all', () => expect(failed('{[1][101][3]}|=|5', {})).toEqual([]))
  it('shows all format errors at once, and then no controls', () => {
    const codes = sheetOf(
      { controls: [{ rule: '{[1][101][3]}|=|5' }] },
      { ...v({ '101/3': 'x', '102/3': '1e5', '999/3': '1' }), '9/1/1': '1' },
    )
      .check()
      .map(({ stage, code }) => `${stage} ${code}`)
    expect(codes.sort()).toEqual([
      'format not-a-number',
      'format not-a-number',
      'format unknown-row',
      'format unknown-section',
    ])
  })
})

describe('13. the period', () => {
  const of = (part: Partial<Report>, periodicity = '12') =>
    reportPeriod(compileForm(smallTemplate({ periodicity })), {
      code: '',
      year: '2026',
      period: '',
      title: {},
      sections: [],
      notes: [],
      ...part,
    })
  it('is kind and number', () => expect(of({ period: '1203' })).toEqual({ kind: 12, number: 3, year: 2026 }))
  it('or a number of the own kind', () => expect(of({ period: '03' })).toMatchObject({ kind: 12, number: 3 }))
  it('or comes from the title', () => {
    expect(of({ title: { s_mes: '07' } })).toMatchObject({ kind: 12, number: 7 })
    expect(of({ title: { s_time: '2' } }, '4')).toMatchObject({ kind: 4, number: 2 })
  })
})

describe('the sensible', () => {
  it('compares codes as numbers in formulas too', () =>
    expect(failed('{[01][0101][03]}|=|5', v({ '101/3': '5' }))).toEqual([]))
  it('has ordinary precedence and unary minus', () => {
    const cells = v({ '101/3': '6', '101/4': '3' })
    expect(failed('100*{[1][101][3]}/{[1][101][4]}|=|200', cells)).toEqual([])
    expect(failed('-{[1][101][3]}+{[1][101][4]}*2|=|0', cells)).toEqual([])
    expect(failed('1+2*3-4/2|=|5', cells)).toEqual([])
  })
  it('does arithmetic on lists element by element', () =>
    expect(
      failed(
        '{[1][101-102][3]}*2+{[1][101-102][4]}|=|{[1][101-102][5]}',
        v({ '101/3': '1', '101/4': '1', '101/5': '3', '102/3': '2', '102/5': '5' }),
      ),
    ).toEqual(['1/102/3 4 = 5']))
  it('heeds emptiness with any number of arguments and decimal replacements', () => {
    expect(failed('ISNULL({[1][101][3]},0.5)|=|0.5', v({ '102/3': '1' }))).toEqual([])
    expect(
      failed('COALESCE({[1][101][3]},{[1][101][4]},{[1][101][5]},{[1][101][6]},0.25)|=|0.25', v({ '102/3': '1' })),
    ).toEqual([])
    expect(failed('COALESCE({[1][101-102][3]},9)|=|{[1][101-102][4]}', v({ '101/3': '0', '102/4': '9' }))).toEqual([])
  })
  it('rounds half away from zero and cuts with the third argument', () => {
    const cells = v({ '101/3': '2.5', '101/4': '-2.5', '101/5': '-2.79' })
    expect(failed('ROUND({[1][101][3]},0)|=|3', cells)).toEqual([])
    expect(failed('ROUND({[1][101][4]},0)|=|-3', cells)).toEqual([])
    expect(failed('ROUND({[1][101][5]},1,1)|=|-2.7', cells)).toEqual([])
    expect(failed('FLOOR({[1][101][5]})|=|-3', cells)).toEqual([])
    expect(failed('ABS({[1][101][5]})|=|2.79', cells)).toEqual([])
  })
  it('has exact decimals: a tolerance of 0.1 admits exactly 0.1', () => {
    expect(
      failed({ rule: '{[1][101][3]}|=|{[1][101][4]}', fault: '0.1' }, v({ '101/3': '0.3', '101/4': '0.2' })),
    ).toEqual([])
    expect(
      failed({ rule: '{[1][101][3]}|=|{[1][101][4]}', fault: '0.1' }, v({ '101/3': '0.31', '101/4': '0.2' })),
    ).toHaveLength(1)
    expect(
      failed({ rule: '{[1][101][3]}+{[1][101][4]}|=|0.3', precision: 10 }, v({ '101/3': '0.1', '101/4': '0.2' })),
    ).toEqual([])
    expect(failed('{[1][101][3]}+1-{[1][101][3]}|=|1', v({ '101/3': '999999999999999.99' }))).toEqual([])
    expect(failed({ rule: '1/3*3|=|1', precision: 12 }, v({ '101/3': '1' }))).toEqual([])
  })
  it('has no tolerance in <>, < and >', () => {
    const control = (rule: string) => failed({ rule, fault: '5' }, v({ '101/3': '10' }))
    expect([
      control('{[1][101][3]}|<>|10'),
      control('{[1][101][3]}|<|10'),
      control('{[1][101][3]}|>|10'),
      control('{[1][101][3]}|<=|5'),
    ]).toEqual([['1/101/3 10 <> 10'], ['1/101/3 10 < 10'], ['1/101/3 10 > 10'], []])
  })
  it('heeds specifics after [*]', () =>
    expect(
      failed(
        'SUM{[1][*][3][a]}|=|1',
        v({ '101/3': '50', '201#1/2': 'a', '201#1/3': '1', '201#2/2': 'b', '201#2/3': '2' }),
        multiple,
      ),
    ).toEqual([]))
  it('does not count a minus as a digit, and knows no 1e5, NaN, Infinity', () => {
    const columns = [{ code: '3', cell: { column: '3', inputType: 2 as const, format: 'N(2,1)' } }]
    const codes = (value: string) =>
      sheetOf({ columns }, v({ '101/3': value }))
        .check()
        .map(({ code }) => code)
    expect(['-12.5', '123', '1.25', '1e5', 'NaN', 'Infinity', '0x1', '1,5'].map((value) => codes(value)[0])).toEqual([
      undefined,
      'too-many-digits',
      'too-many-digits',
      'not-a-number',
      'not-a-number',
      'not-a-number',
      'not-a-number',
      'not-a-number',
    ])
  })
  it('enforces obligatory default cells and «х» cells', () => {
    const columns = [
      { code: '3', cell: { column: '3', inputType: 1 as const } },
      { code: '4', cell: notEntered('4') },
    ]
    const problems = sheetOf(
      { columns, rows: [{ code: '101' }, { code: '102' }] },
      v({ '101/3': '1', '101/4': '2' }),
    ).check()
    expect(problems.map(({ row, column, code }) => `${row}/${column} ${code}`)).toEqual([
      '101/4 closed-filled',
      '102/3 obligatory-empty',
    ])
  })
  it('leaves the left value at a division by zero', () =>
    expect(failed('{[1][101][3]}/{[1][101][4]}|=|7', v({ '101/3': '7' }))).toEqual([]))
  it('finds unknown codes when the template is checked', () =>
    expect(
      templateProblems({
        controls: [{ rule: '{[9][101][3]}+{[1][777][3]}|=|{[1][101][88]}', condition: '{[1][101-999][3]}|>|0' }],
      }),
    ).toEqual([
      'unknown-section: Раздела 9 в форме нет.',
      'unknown-row: Строки 777 в разделе 1 нет.',
      'unknown-column: Графы 88 в разделе 1 нет.',
      'unknown-row: Строки 999 в разделе 1 нет.',
    ]))
  it('reads the sample rule', () => {
    const rule = '({[1][4][102]}-1-isnull({[1][4][101]},0))*50/coalesce({[1][4][105]},2)|<=|10'
    const small = { columns: ['101', '102', '105'].map((code) => ({ code })), rows: [{ code: '4' }] }
    expect(failed(rule, v({ '4/102': '3' }), small)).toEqual(['1/4/102 50 <= 10'])
    expect(failed(rule, v({ '4/102': '3', '4/101': '1', '4/105': '5' }), small)).toEqual([])
  })
})
