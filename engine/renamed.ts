import { parseAddress } from './address.ts'

/**
 * Values by the addresses of an earlier version, under the names of a later one. A rule names a cell, a row or a whole
 * section («7/701/3», «7/701», «7»); the narrowest wins, and what is renamed elsewhere gives way to what comes in its place.
 */
export function carriedOver(
  values: Readonly<Record<string, string>>,
  renamed: Readonly<Record<string, string>>,
): Record<string, string> {
  if (Object.keys(renamed).length === 0) return { ...values }
  const moved: Record<string, string> = {}
  const kept: Record<string, string> = {}
  for (const [address, value] of Object.entries(values)) {
    const to = newAddress(address, renamed)
    if (to === undefined) kept[address] = value
    else moved[to] = value
  }
  return { ...kept, ...moved }
}

function newAddress(address: string, renamed: Readonly<Record<string, string>>): string | undefined {
  const place = parseAddress(address)
  if (!place) return undefined
  const { section, row, instance, column } = place
  const tail = instance === undefined ? '' : `#${instance}`
  const cell = renamed[`${section}/${row}/${column}`]
  if (cell !== undefined) return withInstance(cell, tail)
  const line = renamed[`${section}/${row}`]
  if (line !== undefined) return `${line}${tail}/${column}`
  const whole = renamed[section]
  return whole === undefined ? undefined : `${whole}/${row}${tail}/${column}`
}

function withInstance(address: string, tail: string): string {
  const [section = '', row = '', column = ''] = address.split('/')
  return `${section}/${row}${tail}/${column}`
}
