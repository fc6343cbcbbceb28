import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileForm, formKey, openSheet, otherReportsOf, type Pull, type SheetOptions } from './index.ts'
import { type Naive, type NaiveRule, naiveFailures, printedRule } from './naive.fixture.ts'
import { failures, notEntered, type Small, smallTemplate, templateProblems } from './small-form.fixture.ts'

const other = (values: Record<string, string>, previous = false) => ({
  form: formKey('85-К'),
  previous,
  title: previous ? '85-К за 2025 год' : '85-К за 2026 год',
  values,
  href: '/reports/1',
})

const sheet = (small: Small, values: Record<string, string>, options: SheetOptions, pulls: Pull[] = []) =>
  openSheet(compileForm({ ...smallTemplate(small), pulls }), values, options)

const pull = (cell: string): Pull => ({ cell, source: { kind: 'form', form: '85-К', cell: '7/701/3', period: 'same' } })

describe('references to other forms', () => {
  const rule = '{[1][101][3]}|=|SUM{85-к:[7][701][4-6]}'

  it('are compared with the report given, and say whose number it is and how it came about', () => {
    const others = [other({ '7/701/4': '1', '7/701/6': '4' })]
    const [problem] = sheet({ controls: [{ rule }] }, { '1/101/3': '6' }, { others }).check({ explained: 1 })
    expect(problem).toMatchObject({ left: '6', right: '5', cells: ['1/101/3'] })
    expect(problem?.sides?.right).toMatchObject({ value: '5', more: 0 })
    expect(problem?.sides?.right.text).toContain('85-К за 2026 год')
    expect(problem?.sides?.right.cells[0]).toMatchObject({
      address: '7/701/4',
      value: '1',
      elsewhere: { title: '85-К за 2026 год', href: '/reports/1' },
    })
  })

  it('mean the form’s previous period in double braces', () => {
    const control = { rule: '{[1][101][3]}|>=|{{85-К:[7][701][3]}}' }
    const others = [other({ '7/701/3': '9' }, true)]
    expect(failures(sheet({ controls: [control] }, { '1/101/3': '8' }, { others }).check())).toEqual(['1/101/3 8 >= 9'])
  })

  it('keep a control from running when the report is not at hand', () =>
    expect(sheet({ controls: [{ rule }] }, { '1/101/3': '6' }, {}).check()).toEqual([]))

  it('are one form however its name was typed, and tell which cells are wanted', () => {
    const form = compileForm(smallTemplate({ controls: [{ rule: '{[1][101][3]}|=|{85-K:[07][0701,702][3]}' }] }))
    expect(otherReportsOf(form)).toEqual([{ form: formKey('85-К'), previous: false, cells: ['7/701/3', '7/702/3'] }])
  })

  it('name every cell: no asterisk, no specifics, no endless ranges', () => {
    for (const reference of [
      '{85-к:[7][*][3]}',
      '{85-к:[7][701][3][1]}',
      '{85-к:[1-999][1-999][1-999]}',
      '{ :[1][1][1]}',
    ])
      expect(templateProblems({ controls: [{ rule: `{[1][101][3]}|=|${reference}` }] })[0]).toMatch(/^bad-rule/)
  })

  it('agree with a slow evaluator of other make', () => {
    const decimal = fc.integer({ min: -900, max: 900 }).map(String)
    const rows = ['101', '102', '103']
    const columns = ['3', '4', '5']
    const cells = fc.record(
      Object.fromEntries(
        rows.flatMap((row) =>
          columns.map((column) => [`1/${row}/${column}`, fc.option(decimal, { nil: '', freq: 4 })]),
        ),
      ),
    )
    const pick = (from: string) =>
      fc.record({
        kind: fc.constant('cells' as const),
        rows: fc.subarray(rows, { minLength: 1 }),
        columns: fc.subarray(columns, { minLength: 1 }),
        from: fc.constant(from),
      })
    const side = fc
      .oneof(pick(''), pick('85-К'), pick('<85-К'))
      .chain(
        (of): fc.Arbitrary<Naive> =>
          fc.constantFrom<Naive>(of, { kind: 'call', name: 'SUM', given: [of] }, { kind: 'negate', of }),
      )
    const rule: fc.Arbitrary<NaiveRule> = fc
      .tuple(side, side, fc.constantFrom('=', '<=', '>', '<>'))
      .map(([left, right, operator]) => ({ chains: [{ sides: [left, right], operators: [operator] }], words: [] }))
    const form = { columns: columns.map((code) => ({ code })), rows: rows.map((code) => ({ code })) }
    fc.assert(
      fc.property(rule, cells, cells, cells, (random, own, now, before) => {
        const others = [other(given(now)), other(given(before), true)]
        const printed = printedRule(random)
        const found = sheet({ ...form, controls: [{ rule: printed }] }, given(own, '0'), { others }).check()
        const all = { ...given(own, '0'), ...under('85-К', given(now)), ...under('<85-К', given(before)) }
        const expected = naiveFailures(random, all, 2).map((words) => words.replace(/ #.*/, ''))
        expect(found.map(({ left, operator, right }) => `${left} ${operator} ${right}`).sort()).toEqual(expected.sort())
      }),
      { numRuns: 600 },
    )
  })
})

const given = (cells: Record<string, string>, empty?: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(cells).flatMap(([cell, value]) => (value || empty ? [[cell, value || empty || '']] : [])),
  )

const under = (form: string, cells: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).map(([cell, value]) => [`${form}:${cell}`, value]))

describe('pulled cells', () => {
  const small: Small = {
    columns: [{ code: '3' }, { code: '4', cell: notEntered('4') }],
    controls: [
      { rule: '{[1][101-103][4]}|=|{[1][101-103][3]}+{[1][101-103][3]}' },
      { rule: '{[1][101][3]}|<=|{[1][102][3]}', id: '2' },
    ],
  }
  const options = { pulled: { '1/101/3': { value: '7', from: '85-К за 2026 год, раздел 7' } } }

  it('are not entered, take part in sums and in controls, and say where they are from', () => {
    const open = sheet(small, { '1/101/3': '100', '1/102/3': '5' }, options, [pull('1/101/3')])
    expect(open.form.cell('1/101/3')?.kind).toBe('pulled')
    expect(open.set('1/101/3', '8')).toMatchObject({ ok: false })
    expect(open.computedValues()).toMatchObject({ '1/101/3': '7', '1/101/4': '14' })
    expect(open.values()).toEqual({ '1/102/3': '5' })
    expect(failures(open.check())).toEqual(['1/101/3 7 <= 5'])
    expect(open.explain('1/101/3')).toMatchObject({ kind: 'pulled', text: '85-К за 2026 год, раздел 7: 7' })
  })

  it('follow their source as a form that was opened with the new values does', () => {
    const value = fc.option(fc.integer({ min: -99, max: 99 }).map(String), { nil: null })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('101', '102', '103'), value), { maxLength: 8 }), (changes) => {
        const pulls = ['101', '102', '103'].map((row) => pull(`1/${row}/3`))
        const live = sheet({ ...small, rows: ['101', '102', '103'].map((code) => ({ code })) }, {}, {}, pulls)
        const last: Record<string, { value: string | null; from: string }> = {}
        for (const [row, next] of changes) {
          last[`1/${row}/3`] = { value: next, from: '' }
          live.pull({ [`1/${row}/3`]: { value: next, from: '' } })
        }
        const naive = Object.entries(last).flatMap(([cell, { value: now }]) =>
          now === null
            ? []
            : [
                [cell, now],
                [cell.replace(/3$/, '4'), String(Number(now) * 2)],
              ],
        )
        expect(live.computedValues()).toEqual(Object.fromEntries(naive))
      }),
      { numRuns: 300 },
    )
  })
})
