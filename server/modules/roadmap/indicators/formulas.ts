/**
 * Formulas of computed indicators: + − × ÷ and brackets over numbers, codes of indicators and `prev(code)`, the same
 * indicator one period before. Everything is exact; only the figure itself is rounded, to its indicator's decimals.
 */
import {
  addExact,
  divideExact,
  type Exact,
  exactNumber,
  exactText,
  multiplyExact,
  negateExact,
} from '../../../../engine/decimal.ts'

export type Sign = '+' | '-' | '*' | '/'
export type Formula =
  | { kind: 'number'; value: string }
  | { kind: 'code'; code: string; previous: boolean; at: number }
  | { kind: 'minus'; of: Formula }
  | { kind: 'operation'; sign: Sign; left: Formula; right: Formula }

/** What is wrong and where: the first sign is 1. */
export type FormulaProblem = { at: number; text: string }
export type ParsedFormula = { ok: true; formula: Formula } | { ok: false; problem: FormulaProblem }

export const longestFormula = 500
const deepest = 50

/** Codes are told apart without regard to case: `Vovlecheno` is `vovlecheno`. */
export function parseFormula(text: string): ParsedFormula {
  try {
    return { ok: true, formula: new Reader(text).whole() }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem }
    throw error
  }
}

class Unreadable extends Error {
  readonly problem: FormulaProblem
  constructor(at: number, text: string) {
    super(text)
    this.problem = { at: at + 1, text }
  }
}

type Token = { at: number; text: string; kind: 'number' | 'code' | 'sign' | 'end' }

const pattern = /\s*(?:(\d+(?:[.,]\d+)?)|([a-zа-яё][a-zа-яё0-9_]*)|([-+*/()−–×·÷:]))/iuy
const signs = new Map([
  ['−', '-'],
  ['–', '-'],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  [':', '/'],
])

class Reader {
  private readonly tokens: Token[]
  private place = 0
  private depth = 0

  constructor(text: string) {
    if (text.length > longestFormula) throw new Unreadable(longestFormula, 'Формула слишком длинная: до 500 знаков')
    this.tokens = tokensOf(text)
  }

  whole(): Formula {
    const formula = this.sum()
    if (this.next.kind === 'end') return formula
    throw new Unreadable(
      this.next.at,
      this.next.text === ')' ? 'Эта скобка не была открыта' : `Перед «${this.next.text}» нужен знак действия`,
    )
  }

  private get next(): Token {
    return this.tokens[this.place] ?? { at: 0, text: '', kind: 'end' }
  }

  private take(...wanted: string[]): Token | undefined {
    const { next } = this
    if (next.kind !== 'sign' || !wanted.includes(next.text)) return undefined
    this.place += 1
    return next
  }

  private sum(): Formula {
    let left = this.product()
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-'))
      left = { kind: 'operation', sign: sign.text === '+' ? '+' : '-', left, right: this.product() }
    return left
  }

  private product(): Formula {
    let left = this.factor()
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/'))
      left = { kind: 'operation', sign: sign.text === '*' ? '*' : '/', left, right: this.factor() }
    return left
  }

  private factor(): Formula {
    this.depth += 1
    if (this.depth > deepest) throw new Unreadable(this.next.at, 'Слишком много скобок одна в другой')
    const factor = this.take('-') ? ({ kind: 'minus', of: this.factor() } as const) : this.operand()
    this.depth -= 1
    return factor
  }

  private operand(): Formula {
    const { next } = this
    if (this.take('(')) return this.closed(this.sum(), next.at)
    this.place += 1
    if (next.kind === 'number') return { kind: 'number', value: next.text.replace(',', '.') }
    if (next.kind === 'code') return this.named(next)
    throw new Unreadable(
      next.at,
      next.kind === 'end'
        ? 'Формула обрывается: здесь нужен код показателя или число'
        : `Вместо «${next.text}» нужен код показателя или число`,
    )
  }

  private named({ text, at }: Token): Formula {
    const code = text.toLowerCase()
    if (code !== 'prev' || !this.take('(')) return { kind: 'code', code, previous: false, at: at + 1 }
    const { next } = this
    if (next.kind !== 'code') throw new Unreadable(next.at, 'В prev( ) стоит код одного показателя')
    this.place += 1
    return this.closed({ kind: 'code', code: next.text.toLowerCase(), previous: true, at: next.at + 1 }, at)
  }

  private closed(formula: Formula, opened: number): Formula {
    if (this.take(')')) return formula
    throw new Unreadable(this.next.at, `Нужна закрывающая скобка: открыта на ${opened + 1}-м знаке`)
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) {
      const bad = at + (text.slice(at).length - text.slice(at).trimStart().length)
      throw new Unreadable(bad, `Знак «${[...text.slice(bad)][0]}» здесь не понятен`)
    }
    const [whole, number, code, sign] = found
    const own = number ?? code ?? sign ?? ''
    const kind = number !== undefined ? 'number' : code !== undefined ? 'code' : 'sign'
    tokens.push({ at: at + whole.length - own.length, text: signs.get(own) ?? own, kind })
    at += whole.length
  }
  tokens.push({ at: text.length, text: '', kind: 'end' })
  return tokens
}

export type Reference = { code: string; previous: boolean; at: number }

/** In the order of the formula; the same code as often as it stands there. */
export function referencesOf(formula: Formula): Reference[] {
  switch (formula.kind) {
    case 'number':
      return []
    case 'code':
      return [{ code: formula.code, previous: formula.previous, at: formula.at }]
    case 'minus':
      return referencesOf(formula.of)
    case 'operation':
      return [...referencesOf(formula.left), ...referencesOf(formula.right)]
  }
}

/** Why there is no figure: something is not there yet, or the divisor is zero. */
export type NoFigure = { why: 'missing'; code: string; previous: boolean } | { why: 'zero' }
type Outcome = { ok: true; value: Exact } | { ok: false; no: NoFigure }
/** A figure as an exact decimal; null when there is none. */
export type FigureOf = (code: string, previous: boolean) => string | null

/** @param decimals how many signs after the point the figure has; half goes away from zero */
export function workOut(
  formula: Formula,
  figureOf: FigureOf,
  decimals: number,
): { value: string } | { value: null; no: NoFigure } {
  const outcome = evaluate(formula, figureOf)
  return outcome.ok ? { value: exactText(outcome.value, decimals) } : { value: null, no: outcome.no }
}

function evaluate(formula: Formula, figureOf: FigureOf): Outcome {
  switch (formula.kind) {
    case 'number':
      return { ok: true, value: exactNumber(formula.value) }
    case 'code': {
      const { code, previous } = formula
      const value = figureOf(code, previous)
      return value === null
        ? { ok: false, no: { why: 'missing', code, previous } }
        : { ok: true, value: exactNumber(value) }
    }
    case 'minus': {
      const of = evaluate(formula.of, figureOf)
      return of.ok ? { ok: true, value: negateExact(of.value) } : of
    }
    case 'operation': {
      const left = evaluate(formula.left, figureOf)
      if (!left.ok) return left
      const right = evaluate(formula.right, figureOf)
      return right.ok ? operate(formula.sign, left.value, right.value) : right
    }
  }
}

function operate(sign: Sign, left: Exact, right: Exact): Outcome {
  switch (sign) {
    case '+':
      return { ok: true, value: addExact(left, right) }
    case '-':
      return { ok: true, value: addExact(left, negateExact(right)) }
    case '*':
      return { ok: true, value: multiplyExact(left, right) }
    case '/':
      return right.n === 0n ? { ok: false, no: { why: 'zero' } } : { ok: true, value: divideExact(left, right) }
  }
}

export type Coded = { code: string; formula: string | null }

/**
 * A formula among the other indicators of its roadmap: every code is known, and none leads back to the one defined, not
 * through periods before either, because such a figure could never begin.
 */
export function checkFormula(code: string, text: string, others: readonly Coded[]): FormulaProblem | undefined {
  const parsed = parseFormula(text)
  if (!parsed.ok) return parsed.problem
  const formulas = new Map(others.filter((other) => other.code !== code).map((other) => [other.code, other.formula]))
  for (const { code: used, at } of referencesOf(parsed.formula)) {
    if (used === code) return { at, text: `Показатель «${code}» считается через самого себя` }
    if (!formulas.has(used)) return { at, text: `Показателя с кодом «${used}» нет` }
    const ring = ringThrough(code, used, formulas)
    if (ring) return { at, text: `Круг: «${code}» считается через ${ring.map((name) => `«${name}»`).join(' → ')}` }
  }
  return undefined
}

/** The way from one indicator back to `code`, when there is one. */
function ringThrough(
  code: string,
  from: string,
  formulas: ReadonlyMap<string, string | null>,
  passed: readonly string[] = [],
): string[] | undefined {
  if (from === code) return [...passed, code]
  if (passed.includes(from)) return undefined
  for (const next of codesIn(formulas.get(from))) {
    const ring = ringThrough(code, next, formulas, [...passed, from])
    if (ring) return ring
  }
  return undefined
}

function codesIn(text: string | null | undefined): string[] {
  const parsed = text ? parseFormula(text) : undefined
  return parsed?.ok ? [...new Set(referencesOf(parsed.formula).map(({ code }) => code))] : []
}

/**
 * The same formula as a person who has never seen a code reads it: «Обучено» ÷ «Вовлечено» × 100.
 * @param titles by codes in small letters
 */
export const formulaInWords = (text: string, titles: ReadonlyMap<string, string>): string =>
  text
    .replaceAll(/\s*[*·]\s*/g, ' × ')
    .replaceAll(/\s*[/:]\s*/g, ' ÷ ')
    .replaceAll(/prev\s*\(\s*([a-zа-яё][a-zа-яё0-9_]*)\s*\)|[a-zа-яё][a-zа-яё0-9_]*/giu, (found, before?: string) => {
      const title = titles.get((before ?? found).toLowerCase())
      if (title === undefined) return found
      return before === undefined ? `«${title}»` : `«${title}» за прошлый период`
    })
