import type { Exact } from './decimal.ts'
import type { Operator } from './language/syntax.ts'
import { add, compare, inverse, type Linear, negative, times } from './linear.ts'

/** A form of cells lies between; `strict` bounds are not reached. */
type Bound = { at: Exact; strict: boolean }
export type Interval = { low?: Bound; high?: Bound }

/** `form op 0`, as bounds of the form's cells divided by the first factor. `spare` is how far the constant may be off. */
export type Constraint = { key: string; interval: Interval; isNever: boolean }

/** @param spare what tolerance and rounding leave open */
export function constraintOf({ factors, constant }: Linear, operator: Operator, spare: Exact): Constraint | undefined {
  const cells = [...factors].sort(([one], [other]) => one - other)
  const [first] = cells
  if (operator === '<>') return undefined
  if (!first) return { key: '', interval: {}, isNever: !holds(constant, operator, spare) }
  const [, lead] = first
  const size = inverse(lead)
  const key = cells.map(([cell, factor]) => `${cell}*${text(times(factor, size))}`).join('+')
  const turned = lead.n < 0n
  const bound = times(negative(constant), size)
  const room = times(spare, size.n < 0n ? negative(size) : size)
  return { key, interval: intervalOf(turned ? mirrored(operator) : operator, bound, room), isNever: false }
}

const text = ({ n, d }: Exact): string => `${n}/${d}`

function holds(constant: Exact, operator: Operator, spare: Exact): boolean {
  const { low, high } = intervalOf(operator, { n: 0n, d: 1n }, spare)
  return within(constant, low, high)
}

function within(value: Exact, low: Bound | undefined, high: Bound | undefined): boolean {
  const above = !low || compare(value, low.at) > (low.strict ? 0 : -1)
  return above && (!high || compare(value, high.at) < (high.strict ? 0 : 1))
}

function mirrored(operator: Operator): Operator {
  switch (operator) {
    case '<':
      return '>'
    case '<=':
      return '>='
    case '>':
      return '<'
    case '>=':
      return '<='
    case '=':
    case '<>':
      return operator
  }
}

function intervalOf(operator: Operator, at: Exact, spare: Exact): Interval {
  const strict = (operator === '<' || operator === '>') && spare.n === 0n
  const low = { at: add(at, negative(spare)), strict }
  const high = { at: add(at, spare), strict }
  switch (operator) {
    case '<':
    case '<=':
      return { high }
    case '>':
    case '>=':
      return { low }
    case '=':
      return { low, high }
    case '<>':
      return {}
  }
}

/** Whether nothing lies in both. */
export function exclude(one: Interval, other: Interval): boolean {
  const apart = (low: Bound | undefined, high: Bound | undefined): boolean => {
    if (!low || !high) return false
    const order = compare(low.at, high.at)
    return order > 0 || (order === 0 && (low.strict || high.strict))
  }
  return apart(one.low, other.high) || apart(other.low, one.high)
}
