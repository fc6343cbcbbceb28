/** Formulas against an interpreter written another way: fractions of whole numbers over trees, no parser, no rounding. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFormula, parseFormula, workOut } from './formulas.ts'

type Tree =
  | { number: string }
  | { code: string; previous: boolean }
  | { minus: Tree }
  | { sign: '+' | '-' | '*' | '/'; left: Tree; right: Tree }
type Fraction = [bigint, bigint]

const values: Record<string, string | null> = { a: '12.5', обучено: '0', b_1: '-3', пусто: null }
const before: Record<string, string | null> = { a: '7', обучено: '1.25', b_1: null, пусто: '4' }

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc
    .tuple(fc.nat(999), fc.constantFrom('', '.5', '.25', '.075'))
    .map(([whole, rest]) => ({ number: `${whole}${rest}` })),
  fc.record({ code: fc.constantFrom(...Object.keys(values)), previous: fc.boolean() }),
)
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.record({ minus: tie('tree') }),
    fc.record({ sign: fc.constantFrom('+', '-', '*', '/'), left: tie('tree'), right: tie('tree') }),
  ),
}))

/** Brackets everywhere, so that only the naive side decides nothing about precedence. */
function written(node: Tree): string {
  if ('number' in node) return node.number
  if ('code' in node) return node.previous ? `prev(${node.code})` : node.code
  if ('minus' in node) return `(-${written(node.minus)})`
  return `(${written(node.left)} ${node.sign} ${written(node.right)})`
}

function fraction(text: string): Fraction {
  const [whole = '', rest = ''] = text.split('.')
  return [BigInt(whole + rest), 10n ** BigInt(rest.length)]
}

function naive(node: Tree): Fraction | undefined {
  if ('number' in node) return fraction(node.number)
  if ('code' in node) {
    const value = (node.previous ? before : values)[node.code]
    return value == null ? undefined : fraction(value)
  }
  if ('minus' in node) {
    const of = naive(node.minus)
    return of && [-of[0], of[1]]
  }
  const [left, right] = [naive(node.left), naive(node.right)]
  if (!left || !right) return undefined
  switch (node.sign) {
    case '+':
      return [left[0] * right[1] + right[0] * left[1], left[1] * right[1]]
    case '-':
      return [left[0] * right[1] - right[0] * left[1], left[1] * right[1]]
    case '*':
      return [left[0] * right[0], left[1] * right[1]]
    case '/':
      return right[0] === 0n ? undefined : [left[0] * right[1], left[1] * right[0]]
  }
}

/** Half away from zero. */
function rounded([n, d]: Fraction, decimals: number): string {
  const negative = n < 0n !== d < 0n && n !== 0n
  const [top, bottom] = [(n < 0n ? -n : n) * 10n ** BigInt(decimals), d < 0n ? -d : d]
  const units = (top * 2n + bottom) / (bottom * 2n)
  const digits = units.toString().padStart(decimals + 1, '0')
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '') : digits
  return negative && units !== 0n ? `-${text}` : text
}

const figureOf = (code: string, previous: boolean) =>
  new Map(Object.entries(previous ? before : values)).get(code) ?? null

function worked(text: string, decimals: number) {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.text}`)
  return workOut(parsed.formula, figureOf, decimals)
}

describe('a formula', () => {
  it('is worked out as by the naive interpreter', () => {
    fc.assert(
      fc.property(tree, fc.nat(6), (node, decimals) => {
        const expected = naive(node)
        expect(worked(written(node), decimals).value).toBe(expected ? rounded(expected, decimals) : null)
      }),
      { numRuns: 2000 },
    )
  })

  it('multiplies before it adds, and goes from the left', () => {
    const flat = fc.array(fc.tuple(fc.constantFrom('+', '-', '*', '/'), fc.integer({ min: 1, max: 50 })), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), flat, (first, rest) => {
        const terms: Tree[] = [{ number: String(first) }]
        const joins: ('+' | '-')[] = []
        for (const [sign, value] of rest) {
          const number = { number: String(value) }
          if (sign === '+' || sign === '-') {
            joins.push(sign)
            terms.push(number)
          } else if (sign === '*' || sign === '/') {
            const left = terms.pop()
            if (left) terms.push({ sign, left, right: number })
          }
        }
        const whole = terms.reduce((left, right, index) => ({ sign: joins[index - 1] ?? '+', left, right }))
        const expected = naive(whole)
        const text = `${first}${rest.map(([sign, value]) => ` ${sign}${value}`).join('')}`
        expect(worked(text, 4).value).toBe(expected && rounded(expected, 4))
      }),
    )
  })

  it('never breaks the program, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parsed = parseFormula(text)
        if (parsed.ok) workOut(parsed.formula, figureOf, 2)
        else expect(parsed.problem.at).toBeGreaterThan(0)
      }),
    )
  })

  it('gives no figure when something is not there or the divisor is zero, and says why', () => {
    expect(worked('a / обучено', 1)).toEqual({ value: null, no: { why: 'zero' } })
    expect(worked('a + пусто', 1)).toEqual({ value: null, no: { why: 'missing', code: 'пусто', previous: false } })
    expect(worked('prev(b_1) * 2', 1)).toEqual({ value: null, no: { why: 'missing', code: 'b_1', previous: true } })
    expect(worked('prev(a) × 1,5 − A', 2)).toEqual({ value: '-2' })
  })

  it('says where it cannot be read', () => {
    const problem = (text: string) => {
      const parsed = parseFormula(text)
      return parsed.ok ? undefined : parsed.problem
    }
    expect(problem('a + ')?.at).toBe(5)
    expect(problem('(a + 2')?.text).toContain('открыта на 1-м знаке')
    expect(problem('a 2')).toEqual({ at: 3, text: 'Перед «2» нужен знак действия' })
    expect(problem('a % 2')).toEqual({ at: 3, text: 'Знак «%» здесь не понятен' })
    expect(problem('prev(2)')?.at).toBe(6)
    expect(problem(`${'('.repeat(60)}a${')'.repeat(60)}`)?.text).toContain('скобок')
    expect(problem('')?.at).toBe(1)
  })

  it('is refused with a code that nobody has, and when it leads round to itself', () => {
    const others = [
      { code: 'a', formula: null },
      { code: 'b', formula: 'a / 2' },
      { code: 'c', formula: 'prev(b) + d' },
      { code: 'd', formula: 'e * 2' },
      { code: 'e', formula: null },
    ]
    expect(checkFormula('e', 'a + b', others)).toBeUndefined()
    expect(checkFormula('x', 'a + bb', others)).toEqual({ at: 5, text: 'Показателя с кодом «bb» нет' })
    expect(checkFormula('a', 'prev(a) + e', others)?.at).toBe(6)
    expect(checkFormula('a', 'e + c', others)).toEqual({ at: 5, text: 'Круг: «a» считается через «c» → «b» → «a»' })
    expect(checkFormula('e', 'c', others)?.text).toContain('«c» → «d» → «e»')
  })
})
