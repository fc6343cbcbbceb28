/** A table of a plan as people keep it in Word and Excel: which column is what, which row is a section. */
import type { GivenMeasure, GivenPlan } from './given.ts'
import { type ReadTerm, readTerm } from './term-words.ts'

export type TableRow = { number: number; cells: readonly string[] }

export const planColumns = [
  'number',
  'title',
  'startsOn',
  'dueOn',
  'organisation',
  'responsiblePerson',
  'coExecutors',
  'expectedResult',
  'evidenceKinds',
  'indicator',
  'told',
] as const
/** `told`: what the program writes into its own files for people alone. */
export type PlanColumn = (typeof planColumns)[number]

/** The first that fits a heading is taken: the narrower before the wider. */
const headings: readonly (readonly [PlanColumn, RegExp])[] = [
  ['told', /^(состояние|сделано|выполнено|статус|день выполнения|отметка)/u],
  ['number', /^(№|n$|no\.?$|номер|п\/п)/u],
  ['coExecutors', /соисполнител/u],
  ['responsiblePerson', /(ответственное|должностное) лицо|^ф\.? ?и\.? ?о|куратор/u],
  ['organisation', /ответственн|исполнител/u],
  ['startsOn', /^(дата )?начал[оа]/u],
  ['dueOn', /срок|дата (исполнения|реализации|окончания)|период|окончание/u],
  ['evidenceKinds', /подтвержда|вид документа|^документ|форма (завершения|отч[её]тности)/u],
  ['indicator', /показател/u],
  ['expectedResult', /результат|эффект/u],
  ['title', /мероприяти|наименование|содержание|действи[ея]/u],
]

const flat = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s\u00a0]+/gu, ' ')
    .trim()

const columnOf = (heading: string): PlanColumn | undefined =>
  headings.find(([, words]) => words.test(flat(heading)))?.[0]

/** Without the empty cells at the end. */
const wordsOf = (cells: readonly string[]): string => cells.map(flat).join('|').replace(/\|+$/u, '')

type Head = { at: number; columns: (PlanColumn | undefined)[]; words: string }

/** Within how many rows the headings must stand: titles and approvals come before them. */
const mostAbove = 60

export function findHead(rows: readonly TableRow[]): Head | undefined {
  for (const [at, { cells }] of rows.slice(0, mostAbove).entries()) {
    const taken = new Set<PlanColumn>()
    const columns = cells.map((cell) => {
      const column = cell.trim() === '' || cell.length > 120 ? undefined : columnOf(cell)
      if (column === undefined || (taken.has(column) && column !== 'told')) return undefined
      taken.add(column)
      return column
    })
    if (taken.has('title') && taken.size >= 2) return { at, columns, words: wordsOf(cells) }
  }
  return undefined
}

/**
 * @param rows in their order; what stands above the headings is passed over
 * @param deadline of the roadmap, `YYYY-MM-DD`
 * @returns undefined when no row holds the headings of a plan
 */
export function recognise(rows: readonly TableRow[], deadline: string): GivenPlan | undefined {
  const head = findHead(rows)
  if (!head) return undefined
  const plan: GivenPlan = {
    columns: (rows[head.at]?.cells ?? [])
      .map((heading, index) => ({ heading: heading.trim(), taken: head.columns[index] ?? null }))
      .filter(({ heading }) => heading !== ''),
    sections: [],
    left: [],
  }
  for (const row of rows.slice(head.at + 1)) takeRow(plan, head, row, deadline)
  return plan
}

function takeRow(plan: GivenPlan, head: Head, row: TableRow, deadline: string): void {
  const cells = row.cells.map((cell) => unguarded(cell.trim()))
  const filled = cells.filter((cell) => cell !== '')
  // «1 2 3 4 5» under the headings; the headings once more on a new page.
  if (filled.length > 1 && filled.every((cell, index) => cell === String(index + 1))) return
  if (filled.length > 1 && head.words.startsWith(wordsOf(cells))) return
  const of = (column: PlanColumn): string | undefined => {
    const index = head.columns.indexOf(column)
    return index < 0 ? undefined : (cells[index] ?? '')
  }
  const [only = ''] = filled
  const title = of('title') ?? ''
  const isBare = filled.length <= 2 && !of('dueOn') && !of('organisation') && !of('expectedResult')
  const section = isBare
    ? sectionOf(filled.length === 2 ? `${of('number') || filled[0]} ${title || filled[1]}` : only)
    : undefined
  if (section) plan.sections.push({ line: row.number, ...section, measures: [] })
  else if (title === '' || plan.sections.length === 0)
    plan.left.push({ line: row.number, text: filled.join(' | ').slice(0, 300) })
  else plan.sections.at(-1)?.measures.push(measureOf(row.number, of, deadline))
}

/** «Раздел I. Название», «2. Название», «1 Название»; without a number it keeps its title alone. */
function sectionOf(text: string): { number: string; title: string } | undefined {
  const words = text.replaceAll(/[\s\u00a0]+/gu, ' ').trim()
  const [, number = '', title = words] =
    /^(?:раздел\s+)?([ivxlc]+|\d{1,3})[.)]?(?:\s+|(?<=[.)]))(.+)$/iu.exec(words) ?? []
  if (/^\d+\.\d/u.test(words) || title.trim().length < 3) return undefined
  return { number, title: title.trim() }
}

/** An apostrophe before what a spreadsheet would take for a formula is no part of the text. */
const unguarded = (cell: string): string => (/^'[=+\-@]/u.test(cell) ? cell.slice(1) : cell)

const mostDash = /^[-–—]$/u
const textOf = (cell: string | undefined): string | undefined =>
  cell === undefined ? undefined : mostDash.test(cell) ? '' : cell.replaceAll(/[ \t\u00a0]+/gu, ' ').trim()

function measureOf(line: number, of: (column: PlanColumn) => string | undefined, deadline: string): GivenMeasure {
  const term = of('dueOn')
  const read: ReadTerm | undefined = term === undefined ? undefined : readTerm(term, deadline)
  const begins = textOf(of('startsOn'))
  const start = begins ? readTerm(begins, deadline) : undefined
  const organisation = textOf(of('organisation'))
  const person = textOf(of('responsiblePerson'))
  const coExecutors = textOf(of('coExecutors'))
  const evidence = textOf(of('evidenceKinds'))
  const result = textOf(of('expectedResult'))
  const indicator = textOf(of('indicator'))
  return {
    line,
    number: plainNumber(of('number') ?? ''),
    title: oneLine(of('title') ?? ''),
    ...(read && { dueOn: read.dueOn, startsOn: begins === undefined ? read.startsOn : (start?.dueOn ?? null) }),
    ...(result !== undefined && { expectedResult: result }),
    ...(organisation !== undefined && { organisation: oneLineEach(organisation) }),
    ...(person !== undefined && { responsiblePerson: oneLine(person) }),
    ...(coExecutors !== undefined && { coExecutors: linesOf(coExecutors) }),
    ...(evidence !== undefined && { evidenceKinds: linesOf(evidence) }),
    ...(indicator !== undefined && { indicator: oneLine(indicator) }),
    doubts: [...(read?.doubt ? [read.doubt] : []), ...(start?.doubt ? [start.doubt] : [])],
  }
}

/** «1.2.» → «1.2»; a spreadsheet may keep «1.10» as a number, which cannot be told from «1.1». */
const plainNumber = (cell: string): string => oneLine(cell).replace(/[.)]+$/u, '')
const oneLine = (text: string): string => text.replaceAll(/[\s\u00a0]+/gu, ' ').trim()
const oneLineEach = (text: string): string => linesOf(text).join('\n')
const linesOf = (text: string): string[] => text.split(/[\n;]/u).map(oneLine).filter(Boolean)
