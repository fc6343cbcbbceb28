/**
 * Where a cell is: `section/row/column` in a fixed row ("7/701/3"), `section/row#n/column` in the n-th instance of a
 * multiple row ("2/201#1/4"), n from 1. Codes are normalised: digits compare as numbers, so "07/0701/03" is "7/701/3".
 */
export type CellAddress = string

export type CellPlace = { section: string; row: string; instance?: number; column: string }

const digits = /^\d+$/

/** Codes that are digits compare as numbers ("01" is "1"); others as they are written, without outer spaces. */
export function normalCode(code: string): string {
  const text = code.trim()
  return digits.test(text) ? text.replace(/^0+(?=\d)/, '') : text
}

export function cellAddress(section: string, row: string, column: string, instance?: number): CellAddress {
  const place = instance === undefined ? normalCode(row) : `${normalCode(row)}#${instance}`
  return `${normalCode(section)}/${place}/${normalCode(column)}`
}

/** Undefined when the text is no address. */
export function parseAddress(address: string): CellPlace | undefined {
  const parts = address.split('/')
  if (parts.length !== 3) return undefined
  const [section = '', place = '', column = ''] = parts
  const mark = place.lastIndexOf('#')
  const row = mark < 0 ? place : place.slice(0, mark)
  if (!section.trim() || !row.trim() || !column.trim()) return undefined
  const codes = { section: normalCode(section), row: normalCode(row), column: normalCode(column) }
  if (mark < 0) return codes
  const number = place.slice(mark + 1)
  if (!/^[1-9]\d{0,5}$/.test(number)) return undefined
  return { ...codes, instance: Number(number) }
}

/** The address with its codes normalised, or undefined when the text is no address. */
export function normalAddress(address: string): CellAddress | undefined {
  const place = parseAddress(address)
  return place && cellAddress(place.section, place.row, place.column, place.instance)
}

const latin = 'abcehkmoptxy'
const cyrillic = 'авсенкмортху'

/**
 * How a form is named in references and pulls: its code or short name, in small letters, Latin ones that look Cyrillic
 * being Cyrillic, so that «85-K» and «85-К» are one form whichever keyboard they were typed on.
 */
export const formKey = (text: string): string =>
  [...text.trim().toLowerCase()].map((letter) => cyrillic[latin.indexOf(letter)] ?? letter).join('')
