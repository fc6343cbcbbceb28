/** Random controls and reports for the two evaluators, and what each says of them. */
import fc from 'fast-check'
import type { compileForm, openSheet } from './index.ts'
import type { Naive, NaiveRule } from './naive.fixture.ts'
import {
  controlTexts,
  type NaiveClause,
  type NaiveControl,
  type NaiveReport,
  naiveCheck,
  repeated,
  sheetValues,
  specificColumn,
  terms,
} from './naive-control.fixture.ts'
import { smallTemplate } from './small-form.fixture.ts'

const fixedRows = ['101', '102']
const columns = ['3', '4', '5']

export type ControlCase = {
  control: NaiveControl
  report: NaiveReport
  before: NaiveReport | null
  other: NaiveReport | null
  period: number
  standard: string | null
}

const value = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map(String),
  fc.constantFrom('', '0', '0.5', '-0.5', '1.005', '2.5', '0.3333', '12345678901.2345', '-7.45'),
)

const some = (all: string[]) => fc.subarray(all, { minLength: 1 })
const columnChoice = fc.oneof(
  some(columns).map((chosen) => ({ columns: chosen })),
  fc.constantFrom({ columns, range: true }, { columns: columns.slice(1), range: true }),
)
const specificRange = fc
  .tuple(fc.nat(terms.length - 1), fc.nat(terms.length - 1))
  .map(([one, other]) => `${terms[Math.min(one, other)]}-${terms[Math.max(one, other)]}`)
const specificChoice = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.subarray(terms, { minLength: 2 }) },
  { weight: 1, arbitrary: specificRange.map((range) => [range]) },
)

const own: fc.Arbitrary<Naive> = fc
  .tuple(
    fc.oneof(some([...fixedRows, repeated]), fc.constant<string[]>(['*'])),
    columnChoice,
    specificChoice,
    fc.constantFrom('', '', '', '<'),
  )
  .map(([rows, chosen, specific, from]) => ({
    kind: 'cells',
    rows,
    ...chosen,
    ...(specific ? { specific } : {}),
    ...(from ? { from } : {}),
  }))
const elsewhere: fc.Arbitrary<Naive> = fc
  .tuple(some(fixedRows), columnChoice)
  .map(([rows, chosen]) => ({ kind: 'cells', rows, ...chosen, from: '85-К' }))

const node = fc.letrec<{ node: Naive }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 8, arbitrary: own },
    { weight: 1, arbitrary: elsewhere },
    {
      weight: 2,
      arbitrary: fc.constantFrom('0', '1', '2', '0.5', '10').map((text): Naive => ({ kind: 'number', text })),
    },
    { weight: 1, arbitrary: tie('node').map((of): Naive => ({ kind: 'negate', of })) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
        left: tie('node'),
        right: tie('node'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('SUM' as const, 'SUM' as const, 'ABS' as const, 'FLOOR' as const),
        given: fc.tuple(tie('node')),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('ROUND' as const, 'CUT' as const),
        given: fc.tuple(tie('node')),
        digits: fc.integer({ min: 0, max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('ISNULL' as const, 'NULLIF' as const, 'COALESCE' as const),
        given: fc.tuple(tie('node'), tie('node')),
      }),
    },
  ),
})).node

const operator = fc.constantFrom('<', '<=', '=', '=', '>=', '>', '<>')
const chain = fc.constantFrom(1, 1, 1, 2).chain((links) =>
  fc.record({
    sides: fc.array(node, { minLength: links + 1, maxLength: links + 1 }),
    operators: fc.array(operator, { minLength: links, maxLength: links }),
  }),
)
const ruleOf = (most: number): fc.Arbitrary<NaiveRule> =>
  fc.integer({ min: 1, max: most }).chain((count) =>
    fc.record({
      chains: fc.array(chain, { minLength: count, maxLength: count }),
      words: fc.array(fc.constantFrom('and' as const, 'or' as const), { minLength: count - 1, maxLength: count - 1 }),
    }),
  )

const period = fc.integer({ min: 1, max: 12 })
const clause = fc.letrec<{ clause: NaiveClause }>((tie) => ({
  clause: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('one' as const),
      sign: fc.constantFrom('=' as const, '<>' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
      number: period,
    }),
    fc.record({ kind: fc.constant('in' as const), numbers: fc.array(period, { minLength: 1, maxLength: 5 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('clause') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('clause'),
      right: tie('clause'),
    }),
  ),
})).clause

const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const control: fc.Arbitrary<NaiveControl> = fc
  .tuple(
    ruleOf(2),
    fc.integer({ min: 0, max: 4 }),
    seldom(ruleOf(2)),
    seldom(clause),
    seldom(fc.constantFrom('0', '0.1', '0.5', '1', '3', '100')),
  )
  .map(([rule, precision, condition, when, tolerance]) => ({ rule, precision, condition, period: when, tolerance }))

/** Some rows whole, some lacking; records told apart by their specifics, at most one without any. */
const report: fc.Arbitrary<NaiveReport> = fc
  .tuple(
    fc.constantFrom(fixedRows, fixedRows, fixedRows.slice(1), []),
    fc.uniqueArray(fc.constantFrom(...terms.slice(1), ''), { maxLength: 3 }),
    fc.array(value, { minLength: 15, maxLength: 15 }),
  )
  .map(([rows, specifics, values]) => {
    const next = (): string => values.pop() ?? ''
    return {
      fixed: Object.fromEntries(rows.flatMap((row) => columns.map((column) => [`${row}/${column}`, next()]))),
      records: specifics.map((specific) => ({
        ...(specific ? { [specificColumn]: specific } : {}),
        ...Object.fromEntries(columns.map((column) => [column, next()])),
      })),
    }
  })

export const controlCase: fc.Arbitrary<ControlCase> = fc.record({
  control,
  report,
  before: fc.option(report, { nil: null, freq: 12 }),
  other: fc.option(report, { nil: null, freq: 12 }),
  period,
  standard: fc.option(fc.constant(terms[0] ?? ''), { nil: null }),
})

/** What an engine says of a case. */
export function engineOutcome(
  engine: { compileForm: typeof compileForm; openSheet: typeof openSheet },
  { control: given, report: now, before, other, period: number, standard }: ControlCase,
): string[] {
  const template = smallTemplate({
    columns: [
      {
        code: specificColumn,
        type: 'S',
        specific: 's1',
        cell: { column: specificColumn, inputType: 2, dictionary: 'd', ...(standard ? { default: standard } : {}) },
      },
      ...columns.map((code) => ({ code })),
    ],
    rows: [...fixedRows.map((code) => ({ code })), { code: repeated, type: 'M' }],
    dictionaries: [{ id: 'd', terms: terms.map((id) => ({ id, name: `вид ${id}`, attributes: {} })) }],
    controls: [controlTexts(given)],
  })
  const sheet = engine.openSheet(engine.compileForm(template), sheetValues(now), {
    period: { kind: 12, number, year: 2026 },
    ...(before ? { previous: sheetValues(before) } : {}),
    others: other ? [{ form: '85-к', previous: false, title: '85-К', values: filled(sheetValues(other)) }] : [],
  })
  return sheet
    .check()
    .map((problem) => `${problem.left} ${problem.operator} ${problem.right}`)
    .sort()
}

/** What the slow evaluator says of it. */
export function naiveResult({ control: given, report: now, before, other, period: number, standard }: ControlCase) {
  const places = { period: number, rows: fixedRows, ...(standard ? { standard } : {}) }
  const reports = { ...(before ? { before } : {}), ...(other ? { other } : {}) }
  return naiveCheck(given, now, reports, places).sort()
}

const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, text]) => text))
