import { formKey, normalCode } from '../address.ts'
import { canonicalNumber } from '../decimal.ts'
import { type Token, tokenize } from './lexer.ts'
import {
  type Chain,
  type CodeItem,
  type CodeList,
  type Expression,
  type FunctionName,
  functionNames,
  type Logic,
  type Operator,
  type Reference,
  SyntaxProblem,
} from './syntax.ts'

const deepest = 60

/**
 * Reads a rule or a condition of a control.
 * `and` and `or` have equal rank and go left to right; `*` and `/` before `+` and `−`; a minus before one operand binds closest.
 * @throws SyntaxProblem, and nothing else, with the place and a Russian explanation
 */
export function parseRule(text: string): Logic {
  return new Parser(tokenize(text)).wholeRule()
}

class Parser {
  private readonly tokens: Token[]
  private readonly logicGroups: ReadonlySet<number>
  private at = 0
  private depth = 0

  constructor(tokens: Token[]) {
    this.tokens = tokens
    this.logicGroups = groupsWithComparison(tokens)
  }

  wholeRule(): Logic {
    if (this.peek().kind === 'end') this.fail('Запись пуста.')
    const logic = this.logic()
    if (this.peek().kind !== 'end') this.fail(`Здесь лишнее: «${this.peek().text}».`)
    return logic
  }

  private logic(): Logic {
    return this.nested(() => {
      let left = this.logicOperand()
      for (let word = this.logicWord(); word; word = this.logicWord()) {
        this.at += 1
        left = { kind: word, left, right: this.logicOperand() }
      }
      return left
    })
  }

  private logicWord(): 'and' | 'or' | undefined {
    const token = this.peek()
    const word = token.kind === 'word' ? token.text.toLowerCase() : ''
    return word === 'and' || word === 'or' ? word : undefined
  }

  private logicOperand(): Logic {
    if (!this.logicGroups.has(this.at)) return this.chain()
    this.at += 1
    const inner = this.logic()
    this.expectSign(')')
    if (this.peek().kind === 'compare') this.fail('Результат сравнения нельзя сравнивать ещё раз.')
    return inner
  }

  private chain(): Chain {
    const sides = [this.sum()]
    const operators: Operator[] = []
    for (let token = this.peek(); token.kind === 'compare'; token = this.peek()) {
      this.at += 1
      operators.push(operatorOf(token))
      sides.push(this.sum())
    }
    if (operators.length === 0) this.fail('Здесь ожидается сравнение: |=|, |<=|, |>=|, |<|, |>| или |<>|.')
    return { kind: 'chain', sides, operators }
  }

  private sum(): Expression {
    return this.nested(() => {
      let left = this.product()
      for (let sign = this.signAmong('+', '-'); sign; sign = this.signAmong('+', '-')) {
        left = { kind: 'binary', operator: sign, left, right: this.product() }
      }
      return left
    })
  }

  private product(): Expression {
    let left = this.operand()
    for (let sign = this.signAmong('*', '/'); sign; sign = this.signAmong('*', '/')) {
      left = { kind: 'binary', operator: sign, left, right: this.operand() }
    }
    return left
  }

  private operand(): Expression {
    return this.nested(() => {
      if (this.signAmong('-')) return { kind: 'negate', operand: this.operand() }
      if (this.signAmong('+')) return this.operand()
      return this.primary()
    })
  }

  private primary(): Expression {
    const token = this.peek()
    if (token.kind === 'number') {
      this.at += 1
      return { kind: 'number', value: canonicalNumber(token.text) ?? '0' }
    }
    if (token.kind === 'word') return this.call()
    if (this.isSign('{')) return { kind: 'cells', reference: this.reference() }
    if (this.signAmong('(')) {
      const inner = this.sum()
      this.expectSign(')')
      return inner
    }
    return this.fail(
      token.kind === 'end' ? 'Запись оборвана.' : `Здесь ожидается ячейка или число, а не «${token.text}».`,
    )
  }

  private call(): Expression {
    const token = this.peek()
    const name = token.text.toUpperCase()
    if (!isFunctionName(name)) return this.fail(`Функция «${token.text}» неизвестна.`)
    this.at += 1
    const given = this.isSign('(') ? this.callArguments() : [this.loneArgument(name, token)]
    const [least, most] = argumentCounts[name]
    if (given.length < least || given.length > most) {
      throw new SyntaxProblem(
        `Функция ${name}: здесь частей ${given.length}, а нужно ${countWords(least, most)}.`,
        token.offset,
      )
    }
    return { kind: 'call', name, arguments: given }
  }

  private callArguments(): Expression[] {
    this.expectSign('(')
    const given = [this.sum()]
    while (this.signAmong(',')) given.push(this.sum())
    this.expectSign(')')
    return given
  }

  /** `SUM{…}`, `ABS{…}` and `FLOOR{…}` are written without parentheses too. */
  private loneArgument(name: FunctionName, token: Token): Expression {
    if (argumentCounts[name][0] !== 1) throw new SyntaxProblem(`После ${name} ожидается скобка «(».`, token.offset)
    return this.nested(() => this.primary())
  }

  private reference(): Reference {
    const offset = this.peek().offset
    this.expectSign('{')
    const previous = this.signAmong('{') !== undefined
    const form = this.formName()
    const lists: CodeList[] = []
    while (this.peek().kind === 'list') {
      lists.push(codeList(this.peek()))
      this.at += 1
    }
    const [sections, rows, columns, s1 = '*', s2 = '*', s3 = '*'] = lists
    if (!sections || !rows || !columns || lists.length > 6) {
      return this.fail('Ячейка записывается как {[раздел][строка][графа]}, после графы могут стоять до трёх специфик.')
    }
    this.expectSign('}')
    if (previous) this.expectSign('}')
    if (form === undefined) return { previous, sections, rows, columns, specifics: [s1, s2, s3], offset }
    const count = [sections, rows, columns].reduce((product, list) => product * spelledCodes(list), 1)
    if (lists.length > 3 || count > mostElsewhere) {
      throw new SyntaxProblem(
        `В ссылке на другую форму пишите коды, списки и диапазоны номеров, без звёздочек и специфик, не больше ${mostElsewhere} ячеек.`,
        offset,
      )
    }
    return { previous, form, sections, rows, columns, specifics: ['*', '*', '*'], offset }
  }

  private formName(): string | undefined {
    const token = this.peek()
    if (token.kind !== 'form') return undefined
    this.at += 1
    const key = formKey(token.text)
    return key || this.fail('Перед двоеточием ожидается код формы или её краткое название.')
  }

  private nested<T>(read: () => T): T {
    this.depth += 1
    if (this.depth > deepest * 3) this.fail('Слишком много вложенных скобок.')
    const result = read()
    this.depth -= 1
    return result
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', offset: 0 }
  }

  private isSign(sign: string): boolean {
    const token = this.peek()
    return token.kind === 'sign' && token.text === sign
  }

  private signAmong<S extends string>(...signs: S[]): S | undefined {
    const found = signs.find((sign) => this.isSign(sign))
    if (found) this.at += 1
    return found
  }

  private expectSign(sign: string): void {
    if (!this.signAmong(sign)) this.fail(`Здесь ожидается «${sign}».`)
  }

  private fail(text: string): never {
    throw new SyntaxProblem(text, this.peek().offset)
  }
}

const argumentCounts: Record<FunctionName, [number, number]> = {
  SUM: [1, 1],
  ABS: [1, 1],
  FLOOR: [1, 1],
  ROUND: [1, 3],
  ISNULL: [2, 2],
  NULLIF: [2, 2],
  COALESCE: [1, 200],
}

function countWords(least: number, most: number): string {
  if (least === most) return String(least)
  return most > 100 ? `не меньше ${least}` : `от ${least} до ${most}`
}

const mostElsewhere = 10_000

/** What another form has is not known here, so every cell must be said by name or number. How many codes that makes. */
function spelledCodes(list: CodeList): number {
  if (list === '*') return Number.POSITIVE_INFINITY
  return list.reduce((sum, { from, to }) => {
    const length = to === undefined ? 0 : Number(to) - Number(from)
    return sum + (Number.isInteger(length) && length >= 0 ? length + 1 : Number.POSITIVE_INFINITY)
  }, 0)
}

const isFunctionName = (name: string): name is FunctionName => functionNames.has(name)

function operatorOf(token: Token): Operator {
  switch (token.text) {
    case '<':
    case '<=':
    case '=':
    case '>=':
    case '>':
    case '<>':
      return token.text
    default:
      throw new SyntaxProblem(`Знак сравнения «${token.text}» неизвестен.`, token.offset)
  }
}

/** Which opening parentheses hold a comparison, and so group logic rather than arithmetic. */
function groupsWithComparison(tokens: Token[]): Set<number> {
  const groups = new Set<number>()
  const open: number[] = []
  tokens.forEach((token, index) => {
    if (token.kind === 'sign' && token.text === '(') open.push(index)
    else if (token.kind === 'sign' && token.text === ')') open.pop()
    else if (token.kind === 'compare') {
      for (let depth = open.length - 1; depth >= 0; depth -= 1) {
        const group = open[depth]
        if (group === undefined || groups.has(group)) break // those outside are marked already
        groups.add(group)
      }
    }
  })
  return groups
}

function codeList(token: Token): CodeList {
  const parts = token.text.split(',').map((part) => part.trim())
  if (parts.length === 1 && parts[0] === '*') return '*'
  return parts.map((part) => codeItem(part, token.offset))
}

function codeItem(text: string, offset: number): CodeItem {
  if (text === '*') throw new SyntaxProblem('Звёздочка в скобках стоит только одна.', offset)
  if (!text) throw new SyntaxProblem('В квадратных скобках пропущен код.', offset)
  const dash = text.indexOf('-', 1)
  if (dash < 0 || dash === text.length - 1) return { from: normalCode(text), text }
  return { from: normalCode(text.slice(0, dash)), to: normalCode(text.slice(dash + 1)), text }
}
