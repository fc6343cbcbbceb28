import { SyntaxProblem } from './syntax.ts'

export type Token = {
  kind: 'number' | 'word' | 'compare' | 'sign' | 'list' | 'form' | 'end'
  text: string
  offset: number
}

const longestText = 20_000
const mostTokens = 8_000
const blank = /[\s|\u00a0\ufeff]/u
const digit = /[0-9]/
const letter = /[\p{L}_]/u

/** Cuts a rule or condition into tokens. Bars around signs carry no meaning of their own and are passed over. */
export function tokenize(text: string): Token[] {
  if (text.length > longestText) throw new SyntaxProblem(`Запись длиннее ${longestText} знаков.`, longestText)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (blank.test(character)) {
      at += 1
      continue
    }
    const token = tokenAt(text, at)
    tokens.push(token)
    if (tokens.length > mostTokens) throw new SyntaxProblem('Запись слишком длинная: разделите контроль на два.', at)
    at += lengthOf(token)
    const form = token.text === '{' ? formAt(text, at) : undefined
    if (form) {
      tokens.push(form)
      at += lengthOf(form)
    }
  }
  tokens.push({ kind: 'end', text: '', offset: text.length })
  return tokens
}

function lengthOf({ kind, text }: Token): number {
  if (kind === 'list') return text.length + 2
  return kind === 'form' ? text.length + 1 : text.length
}

/** `{85-К:[7][701][3]}`: after a brace, everything up to a colon is the name of another form. */
function formAt(text: string, at: number): Token | undefined {
  const [, name] = /^([^{}[\]:|]{1,60}):/u.exec(text.slice(at, at + 62)) ?? []
  return name === undefined ? undefined : { kind: 'form', text: name, offset: at }
}

function tokenAt(text: string, at: number): Token {
  const character = text.charAt(at)
  if (character === '[') return listAt(text, at)
  if ('{}(),+-*/'.includes(character)) return { kind: 'sign', text: character, offset: at }
  if ('<>='.includes(character)) return comparisonAt(text, at)
  if (digit.test(character)) return { kind: 'number', text: numberAt(text, at), offset: at }
  if (letter.test(character)) return { kind: 'word', text: wordAt(text, at), offset: at }
  throw new SyntaxProblem(`Знак «${character}» здесь непонятен.`, at)
}

function listAt(text: string, at: number): Token {
  const end = text.indexOf(']', at)
  if (end < 0) throw new SyntaxProblem('Квадратная скобка не закрыта.', at)
  return { kind: 'list', text: text.slice(at + 1, end), offset: at }
}

function comparisonAt(text: string, at: number): Token {
  const pair = text.slice(at, at + 2)
  const sign = ['<=', '>=', '<>'].includes(pair) ? pair : text.charAt(at)
  return { kind: 'compare', text: sign, offset: at }
}

function numberAt(text: string, at: number): string {
  let end = at
  while (digit.test(text.charAt(end))) end += 1
  if (text.charAt(end) === '.' && digit.test(text.charAt(end + 1))) {
    end += 1
    while (digit.test(text.charAt(end))) end += 1
  }
  if (end - at > 40) throw new SyntaxProblem('Число длиннее 40 цифр.', at)
  return text.slice(at, end)
}

function wordAt(text: string, at: number): string {
  let end = at
  while (letter.test(text.charAt(end))) end += 1
  return text.slice(at, end)
}
