/** The check language as a tree. Offsets count characters of the text from 0. */

export type Operator = '<' | '<=' | '=' | '>=' | '>' | '<>'

export type Logic = Chain | { kind: 'and' | 'or'; left: Logic; right: Logic }

/** `a |=| b |<=| c`: sides stand one more than operators. */
export type Chain = { kind: 'chain'; sides: Expression[]; operators: Operator[] }

export type FunctionName = 'SUM' | 'ABS' | 'FLOOR' | 'ROUND' | 'ISNULL' | 'NULLIF' | 'COALESCE'

export type Expression =
  | { kind: 'number'; value: string }
  | { kind: 'cells'; reference: Reference }
  | { kind: 'negate'; operand: Expression }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/'; left: Expression; right: Expression }
  | { kind: 'call'; name: FunctionName; arguments: Expression[] }

export type Reference = {
  /** Double braces: the previous period of the same form, or of the form named. */
  previous: boolean
  /** `{85-К:[7][701][3]}`: the same organisation's report of another form, by its code or short name; see `formKey`. */
  form?: string
  sections: CodeList
  rows: CodeList
  columns: CodeList
  /** s1, s2, s3; '*' when not written. */
  specifics: [CodeList, CodeList, CodeList]
  offset: number
}

/** '*' or the codes and ranges as written, normalised. */
export type CodeList = '*' | CodeItem[]
export type CodeItem = { from: string; to?: string; text: string }

/** What the parser says of a text it cannot read; nothing else is ever thrown by it. */
export class SyntaxProblem extends Error {
  readonly offset: number
  constructor(text: string, offset: number) {
    super(text)
    this.offset = offset
  }
}

export const functionNames: ReadonlySet<string> = new Set([
  'SUM',
  'ABS',
  'FLOOR',
  'ROUND',
  'ISNULL',
  'NULLIF',
  'COALESCE',
])

/** The first reference of an expression from the left, which says how a SUM on the other side is to run. */
export function firstReference(expression: Expression): Reference | undefined {
  switch (expression.kind) {
    case 'number':
      return undefined
    case 'cells':
      return expression.reference
    case 'negate':
      return firstReference(expression.operand)
    case 'binary':
      return firstReference(expression.left) ?? firstReference(expression.right)
    case 'call':
      for (const argument of expression.arguments) {
        const found = firstReference(argument)
        if (found) return found
      }
      return undefined
  }
}

export function* referencesOf(node: Logic | Expression): Generator<Reference> {
  switch (node.kind) {
    case 'and':
    case 'or':
      yield* referencesOf(node.left)
      yield* referencesOf(node.right)
      return
    case 'chain':
      for (const side of node.sides) yield* referencesOf(side)
      return
    case 'number':
      return
    case 'cells':
      yield node.reference
      return
    case 'negate':
      yield* referencesOf(node.operand)
      return
    case 'binary':
      yield* referencesOf(node.left)
      yield* referencesOf(node.right)
      return
    case 'call':
      for (const argument of node.arguments) yield* referencesOf(argument)
  }
}
