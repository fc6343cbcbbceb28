/** Lists of a form as people edit them: a line for each thing, a field for each of its sides, blocks pasted from Excel. */
import { BadLine } from './designer.errors.ts'

export type Line = Readonly<Record<string, string>>
export type LineField = {
  key: string
  title: string
  /** chosen from these; typed when there are none */
  options?: readonly { value: string; text: string }[]
  /** offered while typing */
  suggestions?: readonly string[]
  wide?: boolean
  hint?: string
}

/** What the buttons of a list ask for: «up:3», «below:0», «paste», «save». */
export type Doing = { what: 'save' | 'up' | 'down' | 'below' | 'remove' | 'paste'; at: number }

export function doingOf(text: string | undefined): Doing {
  const [what = '', at = ''] = (text ?? '').split(':')
  switch (what) {
    case 'up':
    case 'down':
    case 'below':
    case 'remove':
    case 'paste':
      return { what, at: Number(at) || 0 }
    default:
      return { what: 'save', at: 0 }
  }
}

export const mostLines = 5000

/** Lines out of posted fields «rows.0.code», in order; those with nothing typed are left out. */
export function postedLines(values: Readonly<Record<string, string>>, prefix: string): Line[] {
  const lines = new Map<number, Record<string, string>>()
  for (const [name, value] of Object.entries(values)) {
    const [, list, index, key] = /^([a-z]+)\.(\d{1,5})\.(\w+)$/.exec(name) ?? []
    if (list !== prefix || index === undefined || key === undefined) continue
    const line = lines.get(Number(index)) ?? {}
    line[key] = value.trim().replace(/\s*\n\s*/g, ' ')
    lines.set(Number(index), line)
  }
  return [...lines.entries()].sort(([one], [other]) => one - other).map(([, line]) => line)
}

/** Lists are chosen from whether or not anything is typed: a line with a choice only is still empty. */
export const isEmptyLine = (line: Line, fields: readonly LineField[]): boolean =>
  fields.every(({ key, options }) => options !== undefined || !line[key])

/** The lines after what a button asks for. */
export function rearranged(lines: readonly Line[], { what, at }: Doing): Line[] {
  const now = [...lines]
  const line = now[at]
  if (!line) return now
  if (what === 'remove') now.splice(at, 1)
  const to = what === 'up' ? at - 1 : what === 'down' ? at + 1 : at
  if (to !== at && now[to]) {
    now.splice(at, 1)
    now.splice(to, 0, line)
  }
  return now
}

/** A block copied from a spreadsheet: a line each, cells parted by tabs, in the order of the fields. */
export function pastedLines(text: string, fields: readonly LineField[]): Line[] {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split('\t').map((cell) => cell.trim().replace(/^"|"$/g, '').replace(/\s+/g, ' '))
      return Object.fromEntries(fields.map(({ key, options }, index) => [key, chosen(cells[index] ?? '', options)]))
    })
  if (lines.length > mostLines) throw new BadLine({ text: `За раз можно вставить не больше ${mostLines} строк.` })
  return lines
}

/** A choice may be pasted as its words. */
function chosen(text: string, options: LineField['options']): string {
  if (!options) return text
  const said = text.toLowerCase()
  return (
    options.find(({ value, text: words }) => value === text || words.toLowerCase() === said)?.value ??
    options[0]?.value ??
    ''
  )
}
