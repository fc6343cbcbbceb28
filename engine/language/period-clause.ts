import { SyntaxProblem } from './syntax.ts'

/** Says whether a control is for the period of that number. */
export type PeriodTest = (period: number) => boolean

const longest = 2_000
const deepest = 50
const piece = /\s*(?:\|\s*)*(?:(&\s*np)|(\d+)|(<>|!=|<=|>=|==|=|<|>)|([(),])|(and|or|not|in)(?![a-z]))/iy

/**
 * Reads `&NP=4`, `(&NPin(1,2,3))`, `&NP>=2 and not &NP in (5, 06)`, `1<=&NP<=3`: which periods a control is for.
 * `and` binds tighter than `or`. Empty text is every period.
 * @throws SyntaxProblem with the place and a Russian explanation
 */
export function parsePeriodClause(text: string): PeriodTest {
  if (!text.trim()) return () => true
  if (text.length > longest) throw new SyntaxProblem(`Условие периода длиннее ${longest} знаков.`, longest)
  return new ClauseParser(pieces(text)).whole()
}

type Piece = { kind: 'period' | 'number' | 'compare' | 'sign' | 'word' | 'end'; text: string; offset: number }
type Value = (period: number) => number

function pieces(text: string): Piece[] {
  const found: Piece[] = []
  piece.lastIndex = 0
  let at = 0
  while (text.slice(at).replace(/[\s|]/g, '') !== '') {
    piece.lastIndex = at
    const match = piece.exec(text)
    if (!match) throw new SyntaxProblem(`Условие периода непонятно с этого места: «${text.slice(at, at + 12)}».`, at)
    const [whole, period, number, compare, sign, word] = match
    const kind = period ? 'period' : number ? 'number' : compare ? 'compare' : sign ? 'sign' : 'word'
    const content = period ?? number ?? compare ?? sign ?? word ?? ''
    found.push({ kind, text: content.toLowerCase(), offset: at + whole.length - content.length })
    at = piece.lastIndex
  }
  found.push({ kind: 'end', text: '', offset: text.length })
  return found
}

class ClauseParser {
  private readonly pieces: Piece[]
  private at = 0
  private depth = 0

  constructor(pieces: Piece[]) {
    this.pieces = pieces
  }

  whole(): PeriodTest {
    const test = this.either()
    if (this.peek().kind !== 'end') this.fail(`Здесь лишнее: «${this.peek().text}».`)
    return test
  }

  private either(): PeriodTest {
    let left = this.both()
    while (this.take('word', 'or')) {
      const [first, second] = [left, this.both()]
      left = (period) => first(period) || second(period)
    }
    return left
  }

  private both(): PeriodTest {
    let left = this.test()
    while (this.take('word', 'and')) {
      const [first, second] = [left, this.test()]
      left = (period) => first(period) && second(period)
    }
    return left
  }

  private test(): PeriodTest {
    this.depth += 1
    if (this.depth > deepest) this.fail('Слишком много вложенных скобок.')
    const result = this.unguardedTest()
    this.depth -= 1
    return result
  }

  private unguardedTest(): PeriodTest {
    if (this.take('word', 'not')) {
      const inner = this.test()
      return (period) => !inner(period)
    }
    if (this.opensGroup()) {
      this.expect('(')
      const inner = this.either()
      this.expect(')')
      return inner
    }
    return this.comparison()
  }

  /** A parenthesis groups tests unless it holds just one value: `(&NP)=4`. */
  private opensGroup(): boolean {
    const [first, , third] = this.pieces.slice(this.at, this.at + 3)
    return first?.kind === 'sign' && first.text === '(' && !(third?.kind === 'sign' && third.text === ')')
  }

  private comparison(): PeriodTest {
    let left = this.value()
    const negated = this.take('word', 'not')
    if (this.take('word', 'in')) {
      const value = left
      const members = this.members()
      return (period) => members.has(value(period)) !== negated
    }
    if (negated) this.fail('После not ожидается in.')
    const links: PeriodTest[] = []
    while (this.peek().kind === 'compare') {
      const sign = this.next().text
      const [a, b] = [left, this.value()]
      links.push((period) => holds(a(period), sign, b(period)))
      left = b
    }
    if (links.length === 0) this.fail('Здесь ожидается сравнение или in.')
    return (period) => links.every((link) => link(period))
  }

  private value(): Value {
    if (this.take('sign', '(')) {
      const inner = this.value()
      this.expect(')')
      return inner
    }
    const token = this.next()
    if (token.kind === 'period') return (period) => period
    if (token.kind !== 'number') throw new SyntaxProblem('Здесь ожидается &NP или число.', token.offset)
    const number = Number(token.text)
    return () => number
  }

  private members(): Set<number> {
    this.expect('(')
    const members = new Set<number>()
    do {
      if (members.size > 0 && this.peek().text === ')') break // `in (1,)` is a list of one
      const token = this.next()
      if (token.kind !== 'number')
        throw new SyntaxProblem('В скобках после in стоят числа через запятую.', token.offset)
      members.add(Number(token.text))
    } while (this.take('sign', ','))
    this.expect(')')
    return members
  }

  private peek(): Piece {
    return this.pieces[this.at] ?? { kind: 'end', text: '', offset: 0 }
  }

  private next(): Piece {
    const token = this.peek()
    this.at += 1
    return token
  }

  private take(kind: Piece['kind'], text: string): boolean {
    const token = this.peek()
    if (token.kind !== kind || token.text !== text) return false
    this.at += 1
    return true
  }

  private expect(sign: string): void {
    if (!this.take('sign', sign)) this.fail(`Здесь ожидается «${sign}».`)
  }

  private fail(text: string): never {
    throw new SyntaxProblem(text, this.peek().offset)
  }
}

function holds(left: number, sign: string, right: number): boolean {
  switch (sign) {
    case '<':
      return left < right
    case '>':
      return left > right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
    case '<>':
    case '!=':
      return left !== right
    default:
      return left === right
  }
}
