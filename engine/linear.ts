import { type Exact, exactNumber, roundExact } from './decimal.ts'
import type { Scalar } from './evaluation/expression.ts'

/** A sum of cells with factors and a constant; only what is plainly so is made into one. */
export type Linear = { factors: Map<number, Exact>; constant: Exact }

const zero: Exact = { n: 0n, d: 1n }

export const constantForm = (constant: Exact): Linear => ({ factors: new Map(), constant })
export const add = (a: Exact, b: Exact): Exact => lowest({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const times = (a: Exact, b: Exact): Exact => lowest({ n: a.n * b.n, d: a.d * b.d })
export const negative = (a: Exact): Exact => ({ n: -a.n, d: a.d })
export const compare = (a: Exact, b: Exact): number => {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export const inverse = (a: Exact): Exact => (a.n < 0n ? { n: -a.d, d: -a.n } : { n: a.d, d: a.n })

function lowest({ n, d }: Exact): Exact {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b > 0n) [a, b] = [b, a % b]
  return a > 1n ? { n: n / a, d: d / a } : { n, d }
}

/**
 * The linear form of a value, an empty cell being 0; undefined where it is none.
 * @param definitions of computed cells, put in their place
 */
export function linearOf(scalar: Scalar, definition: (cell: number) => Linear | undefined): Linear | undefined {
  const of = (inner: Scalar): Linear | undefined => linearOf(inner, definition)
  switch (scalar.op) {
    case 'empty':
      return constantForm(zero)
    case 'number':
      return constantForm(exactNumber(scalar.value))
    case 'cell':
      return definition(scalar.cell) ?? { factors: new Map([[scalar.cell, { n: 1n, d: 1n }]]), constant: zero }
    case 'sum':
      return total([...scalar.cells].map((cell) => of({ op: 'cell', cell })))
    case 'total':
      return total(scalar.items.map(of))
    case 'add':
      return total([of(scalar.left), of(scalar.right)])
    case 'subtract':
      return total([of(scalar.left), of({ op: 'negate', of: scalar.right })])
    case 'negate':
      return scaled(of(scalar.of), { n: -1n, d: 1n })
    case 'multiply': {
      const [left, right] = [of(scalar.left), of(scalar.right)]
      if (left && isConstant(left)) return scaled(right, left.constant)
      return right && isConstant(right) ? scaled(left, right.constant) : undefined
    }
    case 'divide': {
      const [left, right] = [of(scalar.left), of(scalar.right)]
      return right && isConstant(right) && right.constant.n !== 0n ? scaled(left, inverse(right.constant)) : undefined
    }
    case 'coalesce':
      return orNothing(scalar.items, of)
    case 'absolute':
    case 'floor':
    case 'round':
    case 'nullif':
      return undefined
  }
}

/** `isnull(x, 0)` is x where an empty x counts as 0. */
function orNothing(items: Scalar[], of: (item: Scalar) => Linear | undefined): Linear | undefined {
  const [first, ...others] = items
  const isZero = (item: Scalar): boolean =>
    item.op === 'empty' || (item.op === 'number' && exactNumber(item.value).n === 0n)
  return first && others.every(isZero) ? of(first) : undefined
}

export const isConstant = ({ factors }: Linear): boolean => factors.size === 0

export function scaled(form: Linear | undefined, factor: Exact): Linear | undefined {
  if (!form) return undefined
  if (factor.n === 0n) return constantForm(zero)
  const factors = new Map([...form.factors].map(([cell, own]): [number, Exact] => [cell, times(own, factor)]))
  return { factors, constant: times(form.constant, factor) }
}

export function total(forms: (Linear | undefined)[]): Linear | undefined {
  const factors = new Map<number, Exact>()
  let constant = zero
  for (const form of forms) {
    if (!form) return undefined
    constant = add(constant, form.constant)
    for (const [cell, factor] of form.factors) {
      const sum = add(factors.get(cell) ?? zero, factor)
      if (sum.n === 0n) factors.delete(cell)
      else factors.set(cell, sum)
    }
  }
  return { factors, constant }
}

/** Whether all that the form adds up has so many digits after the point at most. */
export function isKeptBy(form: Linear, digits: number, digitsOf: (cell: number) => number | undefined): boolean {
  const whole = [...form.factors].every(([cell, { d }]) => d === 1n && (digitsOf(cell) ?? 99) <= digits)
  return whole && compare(roundExact(form.constant, digits), form.constant) === 0
}
