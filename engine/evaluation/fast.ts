import { largest, roundScaled, scaledNumber } from '../decimal.ts'
import type { Scalar } from './expression.ts'

/**
 * A scalar compiled to a closure over the sheet's numbers: whole numbers in units of 10^-scale, NaN for an empty cell,
 * Infinity for "does not fit, ask the exact evaluator". Nothing is ever rounded silently: a result that is not exact in
 * these units is Infinity.
 */
export type Fast = (numbers: Float64Array) => number

const beyond = Number.POSITIVE_INFINITY
const empty = Number.NaN
const asZero = (value: number): number => (!Number.isNaN(value) ? value : 0)
const fits = (value: number): number => (value <= largest && value >= -largest ? value : beyond)

export function compileFast(scalar: Scalar, scale: number): Fast {
  switch (scalar.op) {
    case 'empty':
      return () => empty
    case 'number': {
      const value = scaledNumber(scalar.value, scale)
      return () => value
    }
    case 'cell': {
      const { cell } = scalar
      return (numbers) => numbers[cell] ?? empty
    }
    case 'sum':
      return compileSum(scalar.cells)
    case 'total':
      return compileTotal(scalar.items.map((item) => compileFast(item, scale)))
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
      return compileBinary(scalar.op, compileFast(scalar.left, scale), compileFast(scalar.right, scale), 10 ** scale)
    case 'negate': {
      const of = compileFast(scalar.of, scale)
      return (numbers) => plainNegative(of(numbers))
    }
    case 'absolute': {
      const of = compileFast(scalar.of, scale)
      return (numbers) => Math.abs(of(numbers))
    }
    case 'floor':
      return compileFloor(compileFast(scalar.of, scale), 10 ** scale)
    case 'round':
      return compileRound(scalar, scale)
    case 'coalesce':
      return compileCoalesce(scalar.items.map((item) => compileFast(item, scale)))
    case 'nullif': {
      const [left, right] = [compileFast(scalar.left, scale), compileFast(scalar.right, scale)]
      return (numbers) => {
        const [a, b] = [left(numbers), right(numbers)]
        if (a === beyond || b === beyond) return beyond
        return a === b ? empty : a
      }
    }
  }
}

const plainNegative = (value: number): number => (value === beyond ? beyond : value === 0 ? 0 : -value)

/** The sums that forms are made of: one loop over places, no call per cell. */
function compileSum(cells: Int32Array): Fast {
  const count = cells.length
  return (numbers) => {
    let sum = 0
    let any = false
    for (let at = 0; at < count; at += 1) {
      const value = numbers[cells[at] as number] as number // both arrays are dense
      if (!Number.isNaN(value)) {
        sum += value
        any = true
        if (sum > largest || sum < -largest) return beyond
      }
    }
    return any ? sum : empty
  }
}

function compileTotal(items: Fast[]): Fast {
  return (numbers) => {
    let sum = 0
    let any = false
    for (const item of items) {
      const value = item(numbers)
      if (!Number.isNaN(value)) {
        sum += value
        any = true
        if (sum > largest || sum < -largest) return beyond
      }
    }
    return any ? sum : empty
  }
}

function compileBinary(op: 'add' | 'subtract' | 'multiply' | 'divide', left: Fast, right: Fast, unit: number): Fast {
  const apply = { add, subtract, multiply, divide }[op]
  return (numbers) => {
    const [a, b] = [left(numbers), right(numbers)]
    if (a === beyond || b === beyond) return beyond
    if (Number.isNaN(a) && Number.isNaN(b)) return empty
    return apply(asZero(a), asZero(b), unit)
  }
}

const add = (a: number, b: number): number => fits(a + b)
const subtract = (a: number, b: number): number => fits(a - b)

function multiply(a: number, b: number, unit: number): number {
  const product = a * b
  if (fits(product) === beyond || product % unit !== 0) return beyond
  return product / unit + 0
}

/** A division by zero leaves the left value. */
function divide(a: number, b: number, unit: number): number {
  if (b === 0) return a
  const scaled = a * unit
  if (fits(scaled) === beyond || scaled % b !== 0) return beyond
  return scaled / b + 0
}

function compileFloor(of: Fast, unit: number): Fast {
  return (numbers) => {
    const value = of(numbers)
    if (Number.isNaN(value) || value === beyond) return value
    const rest = value % unit
    return rest === 0 ? value : fits(value - rest - (rest < 0 ? unit : 0))
  }
}

function compileRound(scalar: Scalar & { op: 'round' }, scale: number): Fast {
  const of = compileFast(scalar.of, scale)
  const digits = compileFast(scalar.digits, scale)
  const truncate = scalar.truncate && compileFast(scalar.truncate, scale)
  const unit = 10 ** scale
  return (numbers) => {
    const value = of(numbers)
    if (Number.isNaN(value)) return empty
    const places = asZero(digits(numbers)) / unit
    const cut = truncate ? asZero(truncate(numbers)) : 0
    if (value === beyond || !Number.isInteger(places) || places < 0 || cut === beyond) return beyond
    if (cut === 0) return roundScaled(value, scale, places)
    return places >= scale ? value : value - (value % 10 ** (scale - places)) + 0
  }
}

function compileCoalesce(items: Fast[]): Fast {
  return (numbers) => {
    for (const item of items) {
      const value = item(numbers)
      if (!Number.isNaN(value)) return value
    }
    return empty
  }
}
