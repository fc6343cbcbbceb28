import {
  absoluteExact,
  addExact,
  divideExact,
  type Exact,
  exactNumber,
  floorExact,
  multiplyExact,
  negateExact,
  roundExact,
  truncateExact,
} from '../decimal.ts'
import type { Scalar } from './expression.ts'

/** Reads the exact number in a place of the arrays; null when it is empty. */
export type ExactSource = (cell: number) => Exact | null

const nothing: Exact = { n: 0n, d: 1n }

/** The same meaning as the fast closures, by fractions of any size; for what does not fit those. */
export function evaluateExact(scalar: Scalar, read: ExactSource): Exact | null {
  switch (scalar.op) {
    case 'empty':
      return null
    case 'number':
      return exactNumber(scalar.value)
    case 'cell':
      return read(scalar.cell)
    case 'sum':
      return sumOf(Array.from(scalar.cells, read))
    case 'total':
      return sumOf(scalar.items.map((item) => evaluateExact(item, read)))
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
      return binary(scalar.op, evaluateExact(scalar.left, read), evaluateExact(scalar.right, read))
    case 'negate':
      return unary(evaluateExact(scalar.of, read), negateExact)
    case 'absolute':
      return unary(evaluateExact(scalar.of, read), absoluteExact)
    case 'floor':
      return unary(evaluateExact(scalar.of, read), floorExact)
    case 'round':
      return rounded(scalar, read)
    case 'coalesce':
      for (const item of scalar.items) {
        const value = evaluateExact(item, read)
        if (value) return value
      }
      return null
    case 'nullif': {
      const [left, right] = [evaluateExact(scalar.left, read), evaluateExact(scalar.right, read)]
      return left && right && left.n * right.d === right.n * left.d ? null : left
    }
  }
}

function sumOf(values: (Exact | null)[]): Exact | null {
  return values.reduce((sum, value) => (sum && value ? addExact(sum, value) : (sum ?? value)), null)
}

const unary = (value: Exact | null, change: (value: Exact) => Exact): Exact | null => value && change(value)

function binary(op: 'add' | 'subtract' | 'multiply' | 'divide', left: Exact | null, right: Exact | null): Exact | null {
  if (!left && !right) return null
  const [a, b] = [left ?? nothing, right ?? nothing]
  switch (op) {
    case 'add':
      return addExact(a, b)
    case 'subtract':
      return addExact(a, negateExact(b))
    case 'multiply':
      return multiplyExact(a, b)
    case 'divide':
      return b.n === 0n ? a : divideExact(a, b)
  }
}

function rounded(scalar: Scalar & { op: 'round' }, read: ExactSource): Exact | null {
  const value = evaluateExact(scalar.of, read)
  if (!value) return null
  const digits = wholeDigits(evaluateExact(scalar.digits, read))
  const truncate = scalar.truncate && evaluateExact(scalar.truncate, read)
  return truncate && truncate.n !== 0n ? truncateExact(value, digits) : roundExact(value, digits)
}

/** Digits to round to, kept within −30…30 so that no control can ask for endless numbers. */
function wholeDigits(value: Exact | null): number {
  if (!value) return 0
  const digits = value.n / value.d
  return Number(digits > 30n ? 30n : digits < -30n ? -30n : digits)
}
