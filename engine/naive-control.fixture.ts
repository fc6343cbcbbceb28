/**
 * Whole controls for the slow second evaluator: rows that a report has or lacks, repeated rows told apart by a specific,
 * the previous period, another form, conditions, tolerance and periods. It shares no code with the engine.
 */
import { type Naive, type NaiveRule, type NaiveWorld, naiveOutcome, printedRule } from './naive.fixture.ts'

/** The row that repeats, and the column of its specific. */
export const repeated = '201'
export const specificColumn = '2'

/** Ids of the dictionary in its order, which is no order of numbers. */
export const terms = ['7', '01', '4', '9', '3']

export type NaiveClause =
  | { kind: 'one'; sign: '=' | '<>' | '<' | '<=' | '>' | '>='; number: number }
  | { kind: 'in'; numbers: number[] }
  | { kind: 'not'; of: NaiveClause }
  | { kind: 'and' | 'or'; left: NaiveClause; right: NaiveClause }

export type NaiveControl = {
  rule: NaiveRule
  condition?: NaiveRule
  period?: NaiveClause
  precision: number
  tolerance?: string
}

/** A report: values by «101/3» of rows that it has, and of the repeated row record by record, specific first. */
export type NaiveReport = { fixed: Record<string, string>; records: Record<string, string>[] }

export const controlTexts = ({ rule, condition, period, precision, tolerance }: NaiveControl) => ({
  rule: printedRule(rule),
  condition: condition ? printedRule(condition) : '',
  periodClause: period ? printedClause(period) : '',
  precision,
  ...(tolerance === undefined ? {} : { fault: tolerance }),
})

/** As a sheet takes them. */
export function sheetValues({ fixed, records }: NaiveReport): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [place, value] of Object.entries(fixed)) values[`1/${place}`] = value
  records.forEach((record, number) => {
    for (const [column, value] of Object.entries(record)) values[`1/${repeated}#${number + 1}/${column}`] = value
  })
  return values
}

/**
 * What the control tells of the report.
 * @param standard the specific of a row that has none of its own
 */
export function naiveCheck(
  control: NaiveControl,
  report: NaiveReport,
  elsewhere: { before?: NaiveReport; other?: NaiveReport },
  { period, standard, rows }: { period: number; standard?: string; rows: string[] },
): string[] {
  const own = sheetValues(report)
  if (Object.keys(own).length === 0) return []
  if (control.period && !isFor(control.period, period)) return []
  const { before, other } = elsewhere
  const used = new Set([...readersIn(control.rule), ...(control.condition ? readersIn(control.condition) : [])])
  if ((used.has('<') && !before) || (used.has('85-К') && !other)) return []
  const reports: Record<string, NaiveReport | undefined> = { '': report, '<': before, '85-К': other }
  const cells: Record<string, string | undefined> = {}
  for (const [from, given] of Object.entries(reports))
    for (const [place, value] of Object.entries(given ? sheetValues(given) : {}))
      cells[from ? `${from}:${place}` : place] = value
  const world: NaiveWorld = {
    cells,
    placesOf: (node, code) => {
      const given = reports[node.from ?? '']
      if (!given || node.from === '85-К') return [code]
      return placesIn(given, node, code, standard, rows)
    },
  }
  const { precision, tolerance } = control
  if (control.condition) {
    const condition = naiveOutcome(control.condition, world, { precision })
    if (!condition || condition.length > 0) return []
  }
  return (naiveOutcome(control.rule, world, { precision, tolerance }) ?? []).map((words) => words.replace(/ #.*/, ''))
}

function placesIn(
  report: NaiveReport,
  { specific }: Naive & { kind: 'cells' },
  code: string,
  standard: string | undefined,
  rows: string[],
): string[] {
  const records = report.records.map((_, number) => `${repeated}#${number + 1}`)
  const specificOf = (place: string): string | undefined => {
    const record = report.records[Number(place.split('#')[1] ?? 0) - 1]
    return record?.[specificColumn] || standard
  }
  const fits = (place: string): boolean => !specific || picks(specific, specificOf(place))
  if (code === '*') {
    const present = rows.filter((row) => Object.keys(report.fixed).some((place) => place.startsWith(`${row}/`)))
    return [...present, ...records].filter(fits)
  }
  if (code !== repeated) return fits(code) ? [code] : []
  return records.length === 0 && !specific ? [code] : records.filter(fits)
}

function picks(wanted: string[], value: string | undefined): boolean {
  if (value === undefined) return false
  const place = (id: string): number => terms.findIndex((term) => Number(term) === Number(id))
  return wanted.some((item) => {
    const [from = '', to] = item.split('-')
    if (to === undefined) return Number(from) === Number(value)
    return place(value) >= place(from) && place(value) <= place(to) && place(value) >= 0
  })
}

/** Which reports a rule reads, as `from` says. */
function readersIn({ chains }: NaiveRule): string[] {
  const inside = (node: Naive): string[] => {
    switch (node.kind) {
      case 'number':
        return []
      case 'cells':
        return [node.from ?? '']
      case 'negate':
        return inside(node.of)
      case 'binary':
        return [...inside(node.left), ...inside(node.right)]
      case 'call':
        return node.given.flatMap(inside)
    }
  }
  return chains.flatMap(({ sides }) => sides.flatMap(inside))
}

function printedClause(clause: NaiveClause): string {
  switch (clause.kind) {
    case 'one':
      return `&NP${clause.sign}${clause.number}`
    case 'in':
      return `(&NPin(${clause.numbers.join(',')}))`
    case 'not':
      return `not (${printedClause(clause.of)})`
    case 'and': // binds tighter, so only alternatives inside need brackets
      return [clause.left, clause.right]
        .map((part) => (part.kind === 'or' ? `(${printedClause(part)})` : printedClause(part)))
        .join(' and ')
    case 'or':
      return `${printedClause(clause.left)} |or| ${printedClause(clause.right)}`
  }
}

function isFor(clause: NaiveClause, period: number): boolean {
  switch (clause.kind) {
    case 'one': {
      const signs = {
        '=': period === clause.number,
        '<>': period !== clause.number,
        '<': period < clause.number,
        '<=': period <= clause.number,
        '>': period > clause.number,
        '>=': period >= clause.number,
      }
      return signs[clause.sign]
    }
    case 'in':
      return clause.numbers.includes(period)
    case 'not':
      return !isFor(clause.of, period)
    case 'and':
      return isFor(clause.left, period) && isFor(clause.right, period)
    case 'or':
      return isFor(clause.left, period) || isFor(clause.right, period)
  }
}
