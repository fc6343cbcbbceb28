/**
 * The comparison with the slow evaluator is worth something only if it finds an evaluator that is wrong. So the engine is
 * copied, one thing in the copy is made wrong, and the same random controls are tried on it: each wrong one must be found.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Naive } from './naive.fixture.ts'
import { type ControlCase, controlCase, engineOutcome, naiveResult } from './naive-cases.fixture.ts'

type Engine = Parameters<typeof engineOutcome>[0]

const copies = mkdtempSync(join(tmpdir(), 'wrong-engines-'))
afterAll(() => rmSync(copies, { recursive: true, force: true }))

/** Numbers that differ only beyond the digits that are kept, which chance seldom brings together. */
const closeCall = (operator: '*' | '/', left: string, right: string, sign: string, other: string): ControlCase => {
  const cell = (column: string): Naive => ({ kind: 'cells', rows: ['101'], columns: [column] })
  const sides: Naive[] = [{ kind: 'binary', operator, left: cell('3'), right: cell('4') }, cell('5')]
  return {
    control: { rule: { chains: [{ sides, operators: [sign] }], words: [] }, precision: 4 },
    report: { fixed: { '101/3': left, '101/4': right, '101/5': other }, records: [] },
    before: null,
    other: null,
    period: 1,
    standard: null,
  }
}

const cases = [
  closeCall('*', '0.3333', '0.3333', '<', '0.1111'),
  closeCall('/', '1', '3', '>', '0.3333'),
  ...fc.sample(controlCase, { numRuns: 4_000, seed: 20_260_101 }),
].map((given) => ({ given, expected: naiveResult(given) }))

async function engineWith(file: string, right: string, wrong: string): Promise<Engine> {
  const copy = mkdtempSync(join(copies, 'engine-'))
  cpSync(import.meta.dirname, copy, { recursive: true, filter: (path) => !/\.(?:test|fixture)\.ts$/.test(path) })
  const text = readFileSync(join(copy, file), 'utf8')
  if (right) expect(text.split(right), `once in ${file}`).toHaveLength(2)
  writeFileSync(
    join(copy, file),
    text.replace(right, () => wrong),
  )
  return await import(/* @vite-ignore */ pathToFileURL(join(copy, 'index.ts')).href)
}

/** The first of the cases that the engine gets wrong, also by stopping short; −1 when it is as good as right. */
const foundAt = (engine: Engine): number =>
  cases.findIndex(({ given, expected }) => {
    try {
      return engineOutcome(engine, given).join() !== expected.join()
    } catch {
      return true
    }
  })

const fast = 'evaluation/fast.ts'
const exact = 'evaluation/exact.ts'
const checking = 'evaluation/checking.ts'
const resolve = 'evaluation/resolve.ts'
const codes = 'evaluation/codes.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: pieces of source
describe('an engine that is wrong is found', () => {
  it('and a copy of the right one is not', async () => expect(foundAt(await engineWith(fast, '', ''))).toBe(-1))

  it.each<[string, string, string, string]>([
    ['adds the other way', fast, '=> fits(a + b)', '=> fits(a - b)'],
    ['subtracts the other way', fast, '=> fits(a - b)', '=> fits(b - a)'],
    ['loses the unit of a product', fast, 'return product / unit + 0', 'return product + 0'],
    ['takes a product for exact', fast, ' || product % unit !== 0', ''],
    ['makes nothing of a division by zero', fast, 'if (b === 0) return a', 'if (b === 0) return 0'],
    ['takes a quotient for exact', fast, ' || scaled % b !== 0', ''],
    ['takes the floor towards zero', fast, '(rest < 0 ? unit : 0)', '0'],
    ['rounds where it cuts', fast, 'if (cut === 0)', 'if (cut >= 0)'],
    ['cuts where it rounds', fast, 'if (cut === 0)', 'if (cut !== 0)'],
    [
      'takes an empty sum for zero',
      fast,
      '        if (sum > largest || sum < -largest) return beyond\n      }\n    }\n    return any ? sum : empty\n  }\n}\n\nfunction compileTotal',
      '        if (sum > largest || sum < -largest) return beyond\n      }\n    }\n    return sum\n  }\n}\n\nfunction compileTotal',
    ],
    [
      'leaves the first cell out of sums',
      fast,
      'for (let at = 0; at < count; at += 1)',
      'for (let at = 1; at < count; at += 1)',
    ],
    ['keeps what nullif empties', fast, 'return a === b ? empty : a', 'return a'],
    ['keeps the sign', fast, 'Math.abs(of(numbers))', 'of(numbers)'],
    ['takes empty plus empty for zero', fast, 'if (Number.isNaN(a) && Number.isNaN(b)) return empty', ''],
    ['does not negate', fast, 'value === 0 ? 0 : -value', 'value'],
    ['loses the left of an exact quotient', exact, 'b.n === 0n ? a :', 'b.n === 0n ? nothing :'],
    ['multiplies exactly where it divides', exact, ': divideExact(a, b)', ': multiplyExact(a, b)'],
    ['cuts exactly where it rounds', exact, 'truncate.n !== 0n ?', 'truncate.n === 0n ?'],
    ['takes < for <=', checking, 'return sign <= 0', 'return sign < 0'],
    ['takes >= for >', checking, 'return sign > 0', 'return sign >= 0'],
    ['takes <> for anything', checking, 'return sign !== 0', 'return true'],
    [
      'looks at the first pair only',
      checking,
      'number < link.pairs; number += 1) {\n    const a',
      'number < 1; number += 1) {\n    const a',
    ],
    [
      'is content with one half of a rule',
      checking,
      'plainlyHolds(test.left, numbers, precision) && plain',
      'plainlyHolds(test.left, numbers, precision) || plain',
    ],
    ['takes or for and', checking, "if (test.kind === 'and')", "if (test.kind === 'or')"],
    [
      'tells the first alternative',
      checking,
      'return one.length > 0 ? other : []',
      'return other.length > 0 ? one : []',
    ],
    ['does not heed conditions', checking, 'if (outcomes.some((failed) => failed.length > 0)) return none', ''],
    [
      'is off where any pair of a condition holds',
      checking,
      'outcomes.some((failed) => failed.length > 0)',
      'outcomes.every((failed) => failed.length > 0)',
    ],
    ['lets tolerance into conditions', checking, 'tolerance: undefined }', 'tolerance }'],
    [
      'has no tolerance',
      checking,
      'if (tolerance && withinTolerance',
      'if (!tolerance && tolerance && withinTolerance',
    ],
    [
      'leaves the edge out of the tolerance',
      checking,
      'compareExact(size, tolerance) <= 0',
      'compareExact(size, tolerance) < 0',
    ],
    [
      'lets tolerance into any comparison',
      checking,
      "if (operator !== '=' && operator !== '<=' && operator !== '>=') return false",
      '',
    ],
    ['tells a single pair but once', checking, 'if (link.pairs === 1) for', 'if (link.pairs === 0) for'],
    ['does not repeat a list of one', checking, 'side.length === 1 ? side[0] : side[number]', 'side[number]'],
    [
      'goes on where a side has no cells',
      checking,
      'if (lists.some((list) => list.items.length === 0)) return undefined',
      '',
    ],
    [
      'sums down where along is due',
      resolve,
      'sameCodes(summed.columns, beside.columns)',
      'sameCodes(summed.rows, beside.rows)',
    ],
    [
      'sums everything',
      resolve,
      'summed && beside && sameCodes(summed.rows',
      '!summed && beside && sameCodes(summed.rows',
    ],
    [
      'heeds the wrong neighbour',
      resolve,
      'number > 0 ? sides[number - 1] : sides[1]',
      'sides[number + 1] ?? sides[0]',
    ],
    ['takes rows that the report lacks', resolve, 'this.source.has(row) && fits(row)', 'fits(row)'],
    [
      'takes one’s own for the previous period',
      resolve,
      'reference.previous ? this.layout.previous',
      'reference.previous ? this.layout.present',
    ],
    ['does not heed specifics of named rows', resolve, 'filtered ? instances.filter(fits) : instances', 'instances'],
    ['forgets rows without records', resolve, 'return filtered ? [] : [undefined]', 'return []'],
    ['forgets the standing specific', resolve, '?? rule?.default\n', '\n'],
    [
      'orders specifics by number',
      resolve,
      'place >= from && place <= to',
      'Number(value) >= Number(item.from) && Number(value) <= Number(item.to)',
    ],
    ['takes the first specific of a range only', resolve, '&& place <= to', '&& place <= from'],
    [
      'has a shorter list repeat its first',
      resolve,
      'list.items.length === 1 ? list.items[0] : list.items[number]',
      'list.items[number] ?? list.items[0]',
    ],
    [
      'takes one column of another form for the next',
      resolve,
      "return cell === undefined ? emptyScalar : { op: 'cell', cell }",
      "return cell === undefined ? emptyScalar : { op: 'cell', cell: cell + 1 }",
    ],
    ['leaves the end out of ranges', codes, 'number >= low && number <= high', 'number >= low && number < high'],
    ['takes a range for other codes than a list', codes, 'if (!numeric) return', 'if (numeric || !numeric) return'],
    [
      'asks for another form’s last period',
      resolve,
      'elsewhereKey(form, reference.previous)',
      'elsewhereKey(form, !reference.previous)',
    ],
    ['takes rows of the wrong place', 'evaluation/layout.ts', 'first: cells.length }', 'first: cells.length + 1 }'],
    ['rounds half down', 'decimal.ts', 'Math.abs(rest) * 2 >= unit', 'Math.abs(rest) * 2 > unit'],
    ['rounds half towards the positive', 'decimal.ts', '(scaled < 0 ? -unit : unit)', 'unit'],
    [
      'rounds exactly half down',
      'decimal.ts',
      '(2n * absolute(n) + d) / (2n * d)',
      '(2n * absolute(n) + d - 1n) / (2n * d)',
    ],
    [
      'does not heed periods',
      'checks.ts',
      'return state.options.period !== undefined && parsed.period',
      'return parsed.period !== undefined || parsed.period',
    ],
    [
      'takes or as tight as and in periods',
      'language/period-clause.ts',
      "while (this.take('word', 'and'))",
      "while (this.take('word', 'and') || this.take('word', 'or'))",
    ],
    ['takes "not" for nothing in periods', 'language/period-clause.ts', '!inner(period)', 'inner(period)'],
    ['runs without the previous period', 'checks.ts', 'if (parsed.usesPrevious && !state.previous) return false', ''],
    [
      'runs without the other form',
      'checks.ts',
      'if (parsed.usesOthers && !parsed',
      'if (!parsed.usesOthers && !parsed',
    ],
  ])('one that %s', async (_, file, right, wrong) => {
    expect(foundAt(await engineWith(file, right, wrong))).toBeGreaterThanOrEqual(0)
  })
})
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: pieces of source
