import { normalCode } from './address.ts'
import { canonicalNumber, typedNumber } from './decimal.ts'
import type { FormDictionary } from './form.ts'
import type { FormCell } from './form.types.ts'
import type { FormatCode } from './problem.ts'
import { counted } from './words.ts'

/** What is wrong with one value, in words that follow the place of the cell. */
export type ValueFault = { code: FormatCode; text: string }

type Dictionaries = ReadonlyMap<string, FormDictionary>

/** Other values of the same row by column, for a value that is linked to a specific. */
export type RowValues = (column: string) => string | null

/**
 * Holds a value, as a file or a sheet has it, against the rule of its cell.
 * Digits are counted as written and a minus is none of them. Empty values are not looked at here.
 */
export function faultOf(
  cell: FormCell,
  value: string,
  dictionaries: Dictionaries,
  row: RowValues,
): ValueFault | undefined {
  return formatFault(cell, value) ?? validationFault(cell, value, dictionaries, row)
}

function formatFault({ format }: FormCell, value: string): ValueFault | undefined {
  if (!format) return undefined
  if (format.type === 'text') {
    const length = [...value].length
    if (length <= format.length) return undefined
    return {
      code: 'text-too-long',
      text: `текст длиннее ${counted(format.length, 'знака', 'знаков', 'знаков')}: сейчас ${length}`,
    }
  }
  if (canonicalNumber(value) === undefined) return { code: 'not-a-number', text: `«${shortened(value)}» — не число` }
  const [whole = '', fraction = ''] = value.replace(/^[+-]/, '').split('.')
  if (whole.length <= format.whole && fraction.length <= format.fraction) return undefined
  return { code: 'too-many-digits', text: tooManyDigits(format.whole, format.fraction) }
}

function tooManyDigits(whole: number, fraction: number): string {
  const before = counted(whole, 'цифра', 'цифры', 'цифр')
  if (fraction === 0) return `нужно целое число, в нём не больше чем ${before}`
  return `число не подходит: до запятой не больше чем ${before}, после запятой — ${fraction}`
}

function validationFault(
  cell: FormCell,
  value: string,
  dictionaries: Dictionaries,
  row: RowValues,
): ValueFault | undefined {
  const { rule } = cell
  if (!rule) return undefined
  const named = (id: string | undefined): FormDictionary | undefined => (id ? dictionaries.get(id) : undefined)
  const main = named(rule.dictionary)
  switch (rule.validationType) {
    case 1:
      return inDictionary(value, main ?? named(rule.validation))
    case 2:
      return inRange(value, rule.validation ?? '')
    case 3:
      return inList(value, rule.validation ?? '')
    case 4:
      return inDictionary(value, main) ?? inDictionary(value, named(rule.validation))
    case 5:
      return inDictionary(value, main) ?? linked(value, rule.validation ?? '', main, row)
    case undefined:
      return cell.column.type === 'S' ? inDictionary(value, main) : undefined
  }
}

function inDictionary(value: string, dictionary: FormDictionary | undefined): ValueFault | undefined {
  if (!dictionary || dictionary.has(value)) return undefined
  return { code: 'not-in-dictionary', text: `значения «${shortened(value)}» нет в справочнике` }
}

export function parseRange(validation: string): [number, number] | undefined {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)\s*$/.exec(validation)
  return match ? [Number(match[1]), Number(match[2])] : undefined
}

function inRange(value: string, validation: string): ValueFault | undefined {
  const range = parseRange(validation)
  const number = canonicalNumber(value)
  if (!range || (number !== undefined && Number(number) >= range[0] && Number(number) <= range[1])) return undefined
  return { code: 'not-in-range', text: `значение должно быть от ${range[0]} до ${range[1]}` }
}

function inList(value: string, validation: string): ValueFault | undefined {
  const allowed = validation.split(',').map((item) => item.trim())
  const number = canonicalNumber(value)
  if (allowed.some((item) => item === value || (number !== undefined && canonicalNumber(item) === number)))
    return undefined
  return { code: 'not-in-list', text: `допустимы только значения: ${allowed.join(', ')}` }
}

/** `attr=#section,row,column`: among the term's values of the attribute must be the specific in that column. */
function linked(
  value: string,
  validation: string,
  dictionary: FormDictionary | undefined,
  row: RowValues,
): ValueFault | undefined {
  const [attribute = '', place = ''] = validation.split('=#')
  const column = place.split(',').at(-1)?.trim()
  if (!column || !dictionary) return undefined
  const specific = row(normalCode(column)) ?? ''
  const fits = dictionary.terms.some(
    (term) =>
      normalCode(term.id) === normalCode(value) &&
      normalCode(term.attributes[attribute.trim().toLowerCase()] ?? '') === normalCode(specific),
  )
  return fits
    ? undefined
    : { code: 'not-in-dictionary', text: `значение «${shortened(value)}» не подходит к значению графы ${column}` }
}

/** Text in a closed cell that only says that it is closed. */
export const isClosedMark = (value: string): boolean => /^[xх]$/iu.test(value.trim())

/** What a person typed, as it is to be stored, or why it cannot be. */
export function typedValue(
  cell: FormCell,
  typed: string,
  dictionaries: Dictionaries,
  row: RowValues,
): { value: string | null } | { problem: string } {
  const refusal = refusalOf(cell)
  if (refusal) return { problem: refusal }
  const text = typed.trim()
  if (!text) return { value: null }
  const chosen = cell.choices && cell.format?.type !== 'number' ? (chosenTerm(cell.choices, text) ?? text) : text
  if (!cell.format && !cell.choices) return accepted(cell, typedNumber(text) ?? text, dictionaries, row)
  if (cell.format?.type !== 'number') return accepted(cell, chosen, dictionaries, row)
  const number = typedNumber(chosen)
  if (number === undefined)
    return { problem: `Здесь нужно число, а набрано «${shortened(text)}». Уберите буквы и лишние знаки.` }
  return accepted(cell, number, dictionaries, row)
}

function accepted(
  cell: FormCell,
  value: string,
  dictionaries: Dictionaries,
  row: RowValues,
): { value: string } | { problem: string } {
  const fault = faultOf(cell, value, dictionaries, row)
  return fault ? { problem: `${fault.text.charAt(0).toUpperCase()}${fault.text.slice(1)}.` } : { value }
}

/** A term by its id, or by its name as people see it. */
function chosenTerm(choices: { id: string; name: string }[], text: string): string | undefined {
  const byId = choices.find(({ id }) => normalCode(id) === normalCode(text))
  const byName = choices.find(({ name }) => name.trim().toLowerCase() === text.toLowerCase())
  return (byId ?? byName)?.id
}

function refusalOf({ kind }: FormCell): string | undefined {
  switch (kind) {
    case 'input':
    case 'obligatory':
    case 'specific':
      return undefined
    case 'computed':
      return 'Ячейка рассчитывается сама, вводить в неё ничего не нужно.'
    case 'pulled':
      return 'Ячейка подтягивается из другого раздела или отчёта, вводить в неё ничего не нужно.'
    case 'closed':
      return 'Ячейка не заполняется («х»).'
    case 'label':
      return 'Это наименование, оно не заполняется.'
  }
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
