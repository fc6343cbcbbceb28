/** A control of the check language read back in plain Russian: «графа 3 = сумма граф 4–11, раздел 7, строки 701–710». */
import type { RuleReading, RuleText } from '../../../../contracts/designer.ts'
import { parseControl } from '../../../../engine/controls.ts'
import { russianNumber } from '../../../../engine/index.ts'
import type { Chain, CodeList, Expression, Logic, Operator, Reference } from '../../../../engine/language/syntax.ts'

export function readRule({ rule, condition, periodClause }: RuleText): RuleReading {
  const parsed = parseControl({ id: '', name: '', rule, condition, periodClause, level: 'error', precision: 2 })
  if (!parsed.rule) return { words: null, faults: parsed.faults }
  const words = [
    parsed.condition
      ? `Если ${logicWords(parsed.condition)}, то ${logicWords(parsed.rule)}`
      : capital(logicWords(parsed.rule)),
    parsed.usesPresentRows ? 'Звёздочка в строках означает: в каждой заполненной' : '',
    periodClause.trim() && parsed.period ? `Только для периодов: ${periodClause.trim()}` : '',
  ]
  return { words: `${words.filter(Boolean).join('. ')}.`, faults: parsed.faults }
}

const operatorWords: Record<Operator, string> = {
  '=': '=',
  '<>': '≠',
  '<': 'меньше',
  '<=': 'не больше',
  '>': 'больше',
  '>=': 'не меньше',
}

function logicWords(logic: Logic): string {
  switch (logic.kind) {
    case 'chain':
      return chainWords(logic)
    case 'and':
      return `${logicWords(logic.left)} и ${logicWords(logic.right)}`
    case 'or':
      return `${logicWords(logic.left)} или ${logicWords(logic.right)}`
  }
}

/** What all cells of a comparison share is said once, after it. */
function chainWords({ sides, operators }: Chain): string {
  const references = sides.flatMap((side) => [...referencesIn(side)])
  const shared = sharedPlace(references)
  const said = sides.map((side, index) => {
    const operator = operators[index - 1] ?? '='
    // «не больше графы 3», but «= графа 3».
    const isGenitive = index > 0 && side.kind === 'cells' && operator !== '=' && operator !== '<>'
    const words = isGenitive ? referenceWords(side.reference, shared, 'many') : expressionWords(side, shared)
    return index === 0 ? words : `${operatorWords[operator]} ${words}`
  })
  const place = [shared.section ? `раздел ${shared.section}` : '', shared.rows, shared.columns]
    .filter(Boolean)
    .join(', ')
  return place ? `${said.join(' ')} (${place})` : said.join(' ')
}

type Shared = { section: string; rows: string; columns: string }

function sharedPlace(references: Reference[]): Shared {
  const none = { section: '', rows: '', columns: '' }
  const [first] = references
  if (!first) return none
  const same = (of: (reference: Reference) => string) => references.every((reference) => of(reference) === of(first))
  const section = same(({ sections, form }) => `${form ?? ''} ${listText(sections)}`) ? listText(first.sections) : ''
  if (!section) return none
  const sameRows = same(({ rows }) => listText(rows))
  const sameColumns = same(({ columns }) => listText(columns))
  if (sameRows && sameColumns) return { section, rows: '', columns: '' }
  return {
    section,
    rows: sameRows ? rowsWords(first.rows) : '',
    columns: sameColumns ? columnsWords(first.columns) : '',
  }
}

function* referencesIn(expression: Expression): Generator<Reference> {
  switch (expression.kind) {
    case 'number':
      return
    case 'cells':
      yield expression.reference
      return
    case 'negate':
      yield* referencesIn(expression.operand)
      return
    case 'binary':
      yield* referencesIn(expression.left)
      yield* referencesIn(expression.right)
      return
    case 'call':
      for (const argument of expression.arguments) yield* referencesIn(argument)
  }
}

const signs = { '+': '+', '-': '−', '*': '×', '/': '÷' } as const

function expressionWords(expression: Expression, shared: Shared): string {
  const words = (part: Expression): string => expressionWords(part, shared)
  switch (expression.kind) {
    case 'number':
      return russianNumber(expression.value)
    case 'cells':
      return referenceWords(expression.reference, shared, 'one')
    case 'negate':
      return `−${bracketed(expression.operand, words)}`
    case 'binary': {
      const tight = expression.operator === '*' || expression.operator === '/'
      const side = (part: Expression) => (tight ? bracketed(part, words) : words(part))
      return `${side(expression.left)} ${signs[expression.operator]} ${side(expression.right)}`
    }
    case 'call':
      return callWords(expression, shared)
  }
}

const bracketed = (part: Expression, words: (part: Expression) => string): string =>
  part.kind === 'binary' ? `(${words(part)})` : words(part)

function callWords({ name, arguments: given }: Extract<Expression, { kind: 'call' }>, shared: Shared): string {
  const [first, ...others] = given
  const words = (part: Expression | undefined): string => (part ? expressionWords(part, shared) : '')
  switch (name) {
    case 'SUM':
      return first?.kind === 'cells'
        ? `сумма ${referenceWords(first.reference, shared, 'many')}`
        : `сумма (${words(first)})`
    case 'ABS':
      return `модуль (${words(first)})`
    case 'FLOOR':
      return `целая часть (${words(first)})`
    case 'ROUND':
      return `округлённое (${given.map(words).join('; ')})`
    case 'ISNULL':
      return `${words(first)}, а если пусто, ${others.map(words).join('')}`
    case 'COALESCE':
      return `первое непустое из (${given.map(words).join('; ')})`
    case 'NULLIF':
      return `${words(first)}, но пусто, если это ${others.map(words).join('')}`
  }
}

/** @param number «графа 3» or, after «сумма», «граф 4–11» */
function referenceWords(reference: Reference, shared: Shared, number: 'one' | 'many'): string {
  const { sections, rows, columns, specifics, form, previous } = reference
  const parts = [
    shared.columns && number === 'one' ? '' : shared.columns ? '' : columnsWords(columns, number),
    shared.rows ? '' : rowsWords(rows, number),
    shared.section ? '' : `раздел ${listText(sections)}`,
  ].filter(Boolean)
  const keys = specifics.flatMap((list, index) => (list === '*' ? [] : [`специфика ${index + 1}: ${listText(list)}`]))
  const whose = [form ? `формы ${form.toUpperCase()}` : '', previous ? 'прошлого периода' : ''].filter(Boolean)
  const said = [...parts, ...keys].join(', ') || (number === 'many' ? 'всех ячеек' : 'значение')
  return whose.length > 0 ? `${said} (${whose.join(' ')})` : said
}

function rowsWords(list: CodeList, number: 'one' | 'many' = 'one'): string {
  if (list === '*') return number === 'many' ? 'всех строк' : 'каждая строка'
  return `${isSingle(list) ? (number === 'many' ? 'строки' : 'строка') : number === 'many' ? 'строк' : 'строки'} ${listText(list)}`
}

function columnsWords(list: CodeList, number: 'one' | 'many' = 'one'): string {
  if (list === '*') return number === 'many' ? 'всех граф' : 'каждая графа'
  return `${isSingle(list) ? (number === 'many' ? 'графы' : 'графа') : number === 'many' ? 'граф' : 'графы'} ${listText(list)}`
}

const isSingle = (list: Exclude<CodeList, '*'>): boolean => list.length === 1 && list[0]?.to === undefined

const listText = (list: CodeList): string =>
  list === '*' ? 'любой' : list.map(({ from, to }) => (to === undefined ? from : `${from}–${to}`)).join(', ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
