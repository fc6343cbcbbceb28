import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileForm, openSheet } from './index.ts'
import { type Naive, type NaiveRule, naiveFailures, printedRule } from './naive.fixture.ts'
import { notEntered, sheetOf, smallTemplate } from './small-form.fixture.ts'

const rows = ['101', '102', '103']
const columns = ['3', '4', '5']

const decimal = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1, max: 9999 }))
    .map(([whole, tail]) => `${whole}.${String(tail).padStart(4, '0').replace(/0+$/, '')}`),
  fc.constantFrom(
    '0',
    '0.5',
    '-0.5',
    '2.5',
    '0.005',
    '1.005',
    '999999999999999.9999',
    '-999999999999999.9999',
    '123456789012345',
  ),
)

const cells = fc.record(
  Object.fromEntries(
    rows.flatMap((row) => columns.map((column) => [`1/${row}/${column}`, fc.option(decimal, { nil: '', freq: 4 })])),
  ),
)

const codes = (all: string[]) => fc.subarray(all, { minLength: 1 })
const plainNumber = fc.constantFrom('0', '1', '2', '3', '7', '10', '0.5', '2.25', '100', '0.001')

const node = fc.letrec<{ node: Naive }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('cells' as const), rows: codes(rows), columns: codes(columns) }),
    fc.record({ kind: fc.constant('number' as const), text: plainNumber }),
    fc.record({ kind: fc.constant('negate' as const), of: tie('node') }),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      left: tie('node'),
      right: tie('node'),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('SUM' as const, 'ABS' as const, 'FLOOR' as const),
      given: fc.tuple(tie('node')),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('ROUND' as const, 'CUT' as const),
      given: fc.tuple(tie('node')),
      digits: fc.integer({ min: 0, max: 5 }),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('ISNULL' as const, 'NULLIF' as const),
      given: fc.tuple(tie('node'), tie('node')),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant('COALESCE' as const),
      given: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).node

const operator = fc.constantFrom('<', '<=', '=', '>=', '>', '<>')
const chain = fc.integer({ min: 1, max: 2 }).chain((links) =>
  fc.record({
    sides: fc.array(node, { minLength: links + 1, maxLength: links + 1 }),
    operators: fc.array(operator, { minLength: links, maxLength: links }),
  }),
)
const rule: fc.Arbitrary<NaiveRule> = fc.integer({ min: 1, max: 3 }).chain((count) =>
  fc.record({
    chains: fc.array(chain, { minLength: count, maxLength: count }),
    words: fc.array(fc.constantFrom('and' as const, 'or' as const), { minLength: count - 1, maxLength: count - 1 }),
  }),
)

const form = { columns: columns.map((code) => ({ code })), rows: rows.map((code) => ({ code })) }

describe('the evaluator and a slow one of other make', () => {
  it('agree about which pairs of random rules fail, to the last digit', () => {
    fc.assert(
      fc.property(rule, cells, fc.integer({ min: 0, max: 6 }), (random, values, precision) => {
        const sheet = sheetOf({ ...form, controls: [{ rule: printedRule(random), precision }] }, values)
        const ours = sheet.check().map(({ left, operator: sign, right }) => `${left} ${sign} ${right}`)
        const theirs = naiveFailures(random, values, precision).map((words) => words.replace(/ #.*/, ''))
        expect(ours.sort()).toEqual(theirs.sort())
      }),
      { numRuns: 1_500 },
    )
  })

  it('an edit gives what working everything out anew gives', () => {
    const count = 12
    const source = fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.constantFrom('+', '-', '*', '/'),
      fc.integer({ min: 0, max: 30 }),
    )
    const edits = fc.array(fc.tuple(fc.integer({ min: 1, max: count }), fc.option(decimal, { nil: '' })), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.array(source, { minLength: count, maxLength: count }), edits, (formulas, changes) => {
        const compiled = compileForm(chained(formulas, count))
        const sheet = openSheet(compiled, {})
        for (const [row, value] of changes) sheet.set(`1/${row}/3`, value)
        const fresh = openSheet(compiled, sheet.values())
        expect(sheet.computedValues()).toEqual(fresh.computedValues())
      }),
      { numRuns: 300 },
    )
  })
})

/** Inputs in column 3; each cell of column 4 reads two cells among the inputs and the cells of column 4 above it. */
function chained(formulas: [number, string, number][], count: number) {
  const cell = (row: number, pick: number): string => {
    const above = pick % (count + row - 1)
    return above < count ? `{[1][${above + 1}][3]}` : `{[1][${above - count + 1}][4]}`
  }
  return smallTemplate({
    columns: [{ code: '3' }, { code: '4', cell: notEntered('4', 'N(15,3)') }],
    rows: Array.from({ length: count }, (_, row) => ({ code: String(row + 1) })),
    controls: formulas.map(([left, sign, right], at) => ({
      rule: `{[1][${at + 1}][4]}|=|${cell(at + 1, left)}${sign}${cell(at + 1, right)}`,
    })),
  })
}
