/**
 * Places of equal tiles are reference data of the installation: `reference/tiles.csv`, a region a line. Whoever has no
 * place there stands in rows below the others, so that no region is ever without a tile.
 */
import { existsSync } from 'node:fs'
import { readReference, referenceDirectory } from '../../../kernel/reference.ts'
import { listed, textOf, WrongReference } from './reference-file.ts'

const file = 'tiles.csv'
const header = 'code;column;row;label'
/** More would be narrower on a phone than a finger. */
const columns = 12
const rows = 24

/** Counted from 1; `label` is short enough for a tile on a phone. */
export type Tile = { code: string; column: number; row: number; label: string }

/** @throws WrongReference with every line that is wrong */
export function loadTiles(codes: ReadonlySet<string>): Tile[] {
  return tilesOf(existsSync(referenceDirectory(file)) ? readReference(file) : Buffer.from(`${header}\n`), codes)
}

/**
 * A tile for each of the codes. A file of which no code is known is of another country, and is left aside.
 * @param bytes UTF-8, first the line `code;column;row;label`, then a region a line; empty lines are passed over
 * @throws WrongReference with every line that is wrong
 */
export function tilesOf(bytes: Uint8Array, codes: ReadonlySet<string>): Tile[] {
  const [first = '', ...lines] = textOf(file, bytes).split(/\r?\n/)
  const problems = first.trim() === header ? [] : [`строка 1: нужен заголовок «${header}»`]
  const parts = lines.map((line) => line.split(';').map((part) => part.trim()))
  const isOurs = parts.some(([code = '']) => codes.has(code))
  const seen = new Map<string, number>()
  const taken = new Map<string, number>()
  const tiles: Tile[] = []
  for (const [index, part] of parts.entries()) {
    if (part.join('') === '') continue
    const number = index + 2
    const tile = tileOf(part)
    if (typeof tile === 'string') problems.push(`строка ${number}: ${tile}`)
    else {
      const before = seen.get(tile.code)
      const place = `${tile.column}:${tile.row}`
      const other = taken.get(place)
      if (before !== undefined) problems.push(`строка ${number}: код «${tile.code}» уже стоит в строке ${before}`)
      else if (other !== undefined) problems.push(`строка ${number}: это место уже занято в строке ${other}`)
      else if (isOurs && !codes.has(tile.code))
        problems.push(`строка ${number}: региона с кодом «${tile.code}» нет в списке регионов`)
      else if (isOurs) tiles.push(tile)
      seen.set(tile.code, before ?? number)
      taken.set(place, other ?? number)
    }
  }
  if (problems.length > 0) throw new WrongReference(file, listed(problems))
  return withTheRest(tiles, codes)
}

/** @returns what is wrong with the line, if anything is */
function tileOf([code = '', column = '', row = '', label = '', ...more]: readonly string[]): Tile | string {
  if (!code || more.length > 0) return 'нужны код, столбец, ряд и подпись через точку с запятой, например «38;10;3;ИРК»'
  if (!isWithin(column, columns)) return `столбец «${column}» не подходит: нужно число от 1 до ${columns}`
  if (!isWithin(row, rows)) return `ряд «${row}» не подходит: нужно число от 1 до ${rows}`
  if (!/^[\p{L}\p{N}-]{0,3}$/u.test(label)) return `подпись «${label}» не подходит: нужно до трёх букв или цифр`
  return { code, column: Number(column), row: Number(row), label: label || labelOf(code) }
}

const isWithin = (text: string, most: number): boolean => /^[1-9]\d?$/.test(text) && Number(text) <= most

/** In rows of their own, below those that have a place. */
function withTheRest(tiles: readonly Tile[], codes: ReadonlySet<string>): Tile[] {
  const placed = new Set(tiles.map(({ code }) => code))
  const below = Math.max(0, ...tiles.map(({ row }) => row))
  const rest = [...codes].filter((code) => !placed.has(code)).toSorted()
  return [
    ...tiles,
    ...rest.map((code, index) => ({
      code,
      column: (index % columns) + 1,
      row: below + 1 + Math.floor(index / columns),
      label: labelOf(code),
    })),
  ]
}

const labelOf = (code: string): string => code.slice(0, 3)
