/**
 * The comparison with the slow evaluator is worth something only if it finds a compiler that is wrong: here each of a
 * few wrong ones is tried on it, and found.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Naive, type NaiveRule, naiveFailures, printedRule } from './naive.fixture.ts'
import { failures, sheetOf } from './small-form.fixture.ts'

const rows = ['101', '102']
const columns = ['3', '4']
const form = { columns: columns.map((code) => ({ code })), rows: rows.map((code) => ({ code })) }
const value = fc.constantFrom('', '0', '1', '-2.5', '3', '0.005', '7.25')
const cells = fc.record(
  Object.fromEntries(rows.flatMap((row) => columns.map((column) => [`1/${row}/${column}`, value]))),
)
const some = (codes: string[]) => fc.subarray(codes, { minLength: 1 })
const block = fc.record({ kind: fc.constant('cells' as const), rows: some(rows), columns: some(columns) })

const node: fc.Arbitrary<Naive> = fc.oneof(
  block,
  fc.record({ kind: fc.constant('number' as const), text: fc.constantFrom('0', '1', '2.5') }),
  fc.record({ kind: fc.constant('call' as const), name: fc.constant('SUM' as const), given: fc.tuple(block) }),
  fc.record({
    kind: fc.constant('call' as const),
    name: fc.constantFrom('ROUND' as const, 'CUT' as const),
    given: fc.tuple(block),
    digits: fc.constantFrom(0, 1),
  }),
  fc.record({
    kind: fc.constant('call' as const),
    name: fc.constantFrom('ISNULL' as const, 'NULLIF' as const),
    given: fc.tuple(block, block),
  }),
  fc.record({
    kind: fc.constant('binary' as const),
    operator: fc.constantFrom('-' as const, '/' as const),
    left: block,
    right: block,
  }),
)
const rule: fc.Arbitrary<NaiveRule> = fc.record({
  chains: fc
    .record({ sides: fc.tuple(node, node), operators: fc.tuple(fc.constantFrom('=', '<=', '>', '<>')) })
    .chain((chain) => fc.constantFrom([chain], [chain, chain])),
  words: fc.constantFrom<('and' | 'or')[]>(['and'], ['or']),
})
const whole = ({ chains, words }: NaiveRule): NaiveRule => ({ chains, words: words.slice(0, chains.length - 1) })

/** As the engine reads a rule, or as a wrong one would: its text is changed on the way. */
const disagreement = (wrong: (text: string) => string): boolean => {
  const run = fc.check(
    fc.property(rule, cells, (random, values) => {
      const given = whole(random)
      const sheet = sheetOf({ ...form, controls: [{ rule: wrong(printedRule(given)) }] }, values)
      const ours = failures(sheet.check()).map((words) => words.replace(/^\S+ /, ''))
      const theirs = naiveFailures(given, values, 2).map((words) => words.replace(/ #.*/, ''))
      expect(ours.sort()).toEqual(theirs.sort())
    }),
    { numRuns: 600, endOnFailure: true },
  )
  return run.failed
}

describe('a compiler that is wrong is found', () => {
  it('and the right one is not', () => expect(disagreement((text) => text)).toBe(false))
  it.each<[string, (text: string) => string]>([
    ['takes ≤ for <', (text) => text.replaceAll('<=', '<')],
    ['takes or for and', (text) => text.replaceAll('|or|', '|and|')],
    ['subtracts the other way', (text) => text.replaceAll('-', '+')],
    ['multiplies where it divides', (text) => text.replaceAll('/', '*')],
    ['rounds where it cuts', (text) => text.replaceAll(', 1)', ')')],
    ['takes nothing for zero', (text) => text.replaceAll('NULLIF', 'ISNULL')],
    ['sums all where a direction is due', (text) => text.replace(/SUM\(/g, '0+SUM(0*{[1][101][3]}+')],
    ['loses the last column', (text) => text.replaceAll('3, 4', '3')],
  ])('one that %s', (_, wrong) => expect(disagreement(wrong)).toBe(true))
})
