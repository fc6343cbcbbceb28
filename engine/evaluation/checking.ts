import type { ParsedControl } from '../controls.ts'
import {
  canonicalNumber,
  compareExact,
  type Exact,
  exactNumber,
  powerOfTen,
  roundExact,
  roundScaled,
} from '../decimal.ts'
import type { Logic, Operator } from '../language/syntax.ts'
import { type ExactSource, evaluateExact } from './exact.ts'
import type { Scalar } from './expression.ts'
import { compileFast, type Fast } from './fast.ts'
import type { Layout } from './layout.ts'
import { Resolver, type RowSource, type UnknownCode } from './resolve.ts'

/** A control worked out for one layout: its pairs, ready to compare. */
export type CompiledControl = { parsed: ParsedControl; rule?: Test; condition?: Test; tolerance?: Exact }

type Test = { kind: 'links'; links: Link[]; pairs: number } | { kind: 'and' | 'or'; left: Test; right: Test }
/** One comparison of a chain. */
type Link = { operator: Operator; left: Side; right: Side; pairs: number }
type Side = { scalar: Scalar; fast: Fast }[]

export type Failure = { operator: Operator; left: Exact; right: Exact; leftScalar: Scalar; rightScalar: Scalar }

/** The numbers of a sheet as a check reads them. */
export type Numbers = { scaled: Float64Array; scale: number; read: ExactSource }

/** Undefined rule or condition parts are those that meet no cells: the control is then off. */
export function compileControl(
  parsed: ParsedControl,
  layout: Layout,
  source: RowSource,
  scale: number,
): CompiledControl {
  const compile = (logic: Logic | undefined): Test | undefined => logic && compileTest(logic, layout, source, scale)
  const fault = parsed.control.fault === undefined ? undefined : canonicalNumber(parsed.control.fault)
  const tolerance = fault === undefined ? undefined : exactNumber(fault)
  return { parsed, rule: compile(parsed.rule), condition: compile(parsed.condition), tolerance }
}

function compileTest(logic: Logic, layout: Layout, source: RowSource, scale: number): Test | undefined {
  if (logic.kind !== 'chain') {
    const left = compileTest(logic.left, layout, source, scale)
    const right = compileTest(logic.right, layout, source, scale)
    return left && right && { kind: logic.kind, left, right }
  }
  const unknown: UnknownCode[] = []
  const lists = new Resolver(layout, source, unknown).sides(logic.sides)
  if (unknown.length > 0) return undefined // an error of the template, told by its own check
  if (lists.some((list) => list.items.length === 0)) return undefined
  const compiled = lists.map((list) => ({
    list,
    side: list.items.map((scalar) => ({ scalar, fast: compileFast(scalar, scale) })),
  }))
  const links = logic.operators.flatMap((operator, number): Link[] => {
    const [left, right] = [compiled[number], compiled[number + 1]]
    if (!left || !right) return []
    return [{ operator, left: left.side, right: right.side, pairs: Math.max(left.side.length, right.side.length) }]
  })
  return { kind: 'links', links, pairs: Math.max(...links.map((link) => link.pairs)) }
}

/** Failed pairs of a control, none when it is off. */
export function failuresOf(
  { parsed, rule, condition, tolerance }: CompiledControl,
  numbers: Numbers,
): readonly Failure[] {
  if (!rule || (parsed.condition && !condition)) return none
  const { precision } = parsed.control
  if (plainlyHolds(rule, numbers, precision)) return none
  if (condition && !plainlyHolds(condition, numbers, precision)) {
    const outcomes = run(condition, { numbers, precision, tolerance: undefined })
    if (outcomes.some((failed) => failed.length > 0)) return none
  }
  return [...new Set(run(rule, { numbers, precision, tolerance }).flat())]
}

const none: readonly Failure[] = []

/** What is so of nearly every control, found without making anything: that the fast numbers alone show all of it true. */
function plainlyHolds(test: Test, numbers: Numbers, precision: number): boolean {
  if (test.kind !== 'links') {
    // Of an `or` too: pairs that only the other alternative has hang on it. What truly failed is told by `run`.
    return plainlyHolds(test.left, numbers, precision) && plainlyHolds(test.right, numbers, precision)
  }
  for (const link of test.links) if (!linkHolds(link, numbers, precision)) return false
  return true
}

function linkHolds(link: Link, numbers: Numbers, precision: number): boolean {
  for (let number = 0; number < link.pairs; number += 1) {
    const a = fastRounded(ofSide(link.left, number).fast, numbers, precision)
    const b = fastRounded(ofSide(link.right, number).fast, numbers, precision)
    if (!fastHolds(a, b, link.operator)) return false
  }
  return true
}

const fastHolds = (a: number, b: number, operator: Operator): boolean =>
  Number.isFinite(a) && Number.isFinite(b) && holds(a === b ? 0 : a < b ? -1 : 1, operator)

type Comparison = { numbers: Numbers; precision: number; tolerance: Exact | undefined }

/** What failed of each pair. `and` adds up; of a failed `or` the last alternative is told. */
function run(test: Test, comparison: Comparison): Failure[][] {
  if (test.kind === 'links') return runLinks(test.links, test.pairs, comparison)
  const [left, right] = [run(test.left, comparison), run(test.right, comparison)]
  const pairs = Math.max(left.length, right.length)
  return Array.from({ length: pairs }, (_, number) => {
    const [one, other] = [ofPair(left, number), ofPair(right, number)]
    if (test.kind === 'and') return [...(one ?? []), ...(other ?? [])]
    if (!one || !other) return one ?? other ?? []
    return one.length > 0 ? other : []
  })
}

const ofPair = (outcomes: Failure[][], number: number): Failure[] | undefined =>
  outcomes.length === 1 ? outcomes[0] : outcomes[number]

/** Each link of a chain fails by itself; a link of one pair concerns every pair of the chain. */
function runLinks(links: Link[], pairs: number, comparison: Comparison): Failure[][] {
  const outcomes: Failure[][] = Array.from({ length: pairs }, () => [])
  for (const link of links) {
    for (let number = 0; number < link.pairs; number += 1) {
      const failure = compare(link, number, comparison)
      if (!failure) continue
      if (link.pairs === 1) for (const outcome of outcomes) outcome.push(failure)
      else outcomes[number]?.push(failure)
    }
  }
  return outcomes
}

const nothing: Side[number] = { scalar: { op: 'empty' }, fast: () => Number.NaN }
const ofSide = (side: Side, number: number): Side[number] => (side.length === 1 ? side[0] : side[number]) ?? nothing

function compare(link: Link, number: number, { numbers, precision, tolerance }: Comparison): Failure | undefined {
  const [left, right] = [ofSide(link.left, number), ofSide(link.right, number)]
  const [a, b] = [fastRounded(left.fast, numbers, precision), fastRounded(right.fast, numbers, precision)]
  if (fastHolds(a, b, link.operator)) return undefined

  const [exactLeft, exactRight] = [exactRounded(left, numbers, precision), exactRounded(right, numbers, precision)]
  if (holds(compareExact(exactLeft, exactRight), link.operator)) return undefined
  if (tolerance && withinTolerance(exactLeft, exactRight, tolerance, link.operator)) return undefined
  return {
    operator: link.operator,
    left: exactLeft,
    right: exactRight,
    leftScalar: left.scalar,
    rightScalar: right.scalar,
  }
}

/** Empty counts as zero; Infinity when only the exact evaluator can say. */
function fastRounded(fast: Fast, numbers: Numbers, precision: number): number {
  const value = fast(numbers.scaled)
  if (Number.isNaN(value)) return 0
  return value === Number.POSITIVE_INFINITY ? value : roundScaled(value, numbers.scale, precision)
}

function exactRounded({ scalar }: Side[number], numbers: Numbers, precision: number): Exact {
  const value = evaluateExact(scalar, numbers.read)
  return value ? roundExact(value, precision) : { n: 0n, d: powerOfTen(0) }
}

/** Tolerance is of the difference, and has no part in `<>`, `<` and `>`. */
function withinTolerance(left: Exact, right: Exact, tolerance: Exact, operator: Operator): boolean {
  if (operator !== '=' && operator !== '<=' && operator !== '>=') return false
  const difference = left.n * right.d - right.n * left.d
  const size = { n: difference < 0n ? -difference : difference, d: left.d * right.d }
  return compareExact(size, tolerance) <= 0
}

function holds(sign: number, operator: Operator): boolean {
  switch (operator) {
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '=':
      return sign === 0
    case '>=':
      return sign >= 0
    case '>':
      return sign > 0
    case '<>':
      return sign !== 0
  }
}
