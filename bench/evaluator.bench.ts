/**
 * The evaluator of statistical forms against HyperFormula (a development-only comparison) on one model: 20,000 cells,
 * 5,000 formulas with 118,888 references, one chain of 1,000. Both are checked to give the same values.
 */
import { HyperFormula } from 'hyperformula'
import { compileForm, openSheet, type Sheet, type Template } from '../engine/index.ts'

export type Comparison = { name: string; ours: number; baseline: number; ratio: number; aim: string; unit: string }

const rowCount = 1_000
const firstInput = 3
const lastInput = 17
const [rowTotal, chain, ...windows] = [18, 19, 20, 21, 22]

export async function benchEvaluator(): Promise<Comparison[]> {
  const model = buildModel()
  const sheet = openSheet(compileForm(model.template), model.values)
  const other = HyperFormula.buildFromSheets({ form: model.cells }, { licenseKey: 'gpl-v3', maxRows: 2_000 })
  requireSameValues(sheet, other, 'as built')

  // HyperFormula has no public call that only evaluates: rebuildAndRecalculate parses its formulas anew too (its
  // evaluation alone, by a private call, is about a third of it). So the second row changes every input in one batch,
  // which parses no formula and evaluates each once; nothing is promised of it, because there most of our time goes into reading 15,000 typed texts.
  const full = compare(
    'full recalculation',
    '≥ 100×',
    median(5, () => other.rebuildAndRecalculate()),
    fastMedian(sheet),
  )
  const batch = compare(
    'all 15,000 inputs typed at once',
    'none: told to be fair',
    medianOfBatches(other, model),
    medianOfOurBatches(sheet, model),
  )
  requireSameValues(sheet, other, 'after batches')

  const edit = compare('one edit at the head of the chain', '≥ 15×', medianOfEdits(other), medianOfOurEdits(sheet))
  requireSameValues(sheet, other, 'after edits')
  other.destroy()
  return [full, batch, edit]
}

function compare(name: string, aim: string, baseline: number, ours: number): Comparison {
  return { name, ours, baseline, ratio: baseline / ours, aim, unit: 'ms' }
}

type Model = { template: Template; values: Record<string, string>; cells: (number | string)[][] }

/** Row by row: 15 inputs, their sum, a running total (the chain), and three sums down a window of rows. */
function buildModel(): Model {
  const template = emptyTemplate()
  const values: Record<string, string> = {}
  const cells: (number | string)[][] = []
  const define = (row: number, column: number, side: string): void => {
    const rule = `{[1][${row}][${column}]}|=|${side}`
    template.controls.push({
      id: `${row}.${column}`,
      name: '',
      condition: '',
      rule,
      level: 'error',
      precision: 2,
      periodClause: '',
    })
  }
  for (let row = 1; row <= rowCount; row += 1) {
    const line: (number | string)[] = []
    for (let column = firstInput; column <= lastInput; column += 1) {
      const value = inputOf(row, column, 0)
      values[`1/${row}/${column}`] = String(value)
      line.push(value)
    }
    line.push(`=SUM(${letter(firstInput)}${row}:${letter(lastInput)}${row})`)
    define(row, rowTotal ?? 0, `SUM{[1][${row}][${firstInput}-${lastInput}]}`)
    line.push(row === 1 ? `=${letter(18)}1` : `=${letter(19)}${row - 1}+${letter(18)}${row}`)
    define(row, chain ?? 0, row === 1 ? '{[1][1][18]}' : `{[1][${row - 1}][19]}+{[1][${row}][18]}`)
    windows.forEach((column, number) => {
      const height = number === 2 && row <= 111 ? 33 : 34
      const from = Math.min(row, rowCount - height + 1)
      const source = firstInput + number
      line.push(`=SUM(${letter(source)}${from}:${letter(source)}${from + height - 1})`)
      define(row, column, `SUM{[1][${from}-${from + height - 1}][${source}]}`)
    })
    cells.push(line)
  }
  return { template, values, cells }
}

const inputOf = (row: number, column: number, round: number): number =>
  ((row * 37 + column * 101 + round * 13) % 4_000) / 4
const letter = (column: number): string => String.fromCharCode(65 + column - firstInput)

function emptyTemplate(): Template {
  const columns = Array.from({ length: 20 }, (_, number) => {
    const code = String(number + firstInput)
    const inputType = number + firstInput <= lastInput ? 2 : 0
    return { code, name: code, type: 'Z', heading: [], cell: { column: code, inputType, format: 'N(15,2)' } } as const
  })
  const rows = Array.from(
    { length: rowCount },
    (_, number) => ({ code: String(number + 1), name: '', type: 'F', level: 0, cells: [] }) as const,
  )
  return {
    code: 'bench',
    okud: '',
    cipher: 'bench',
    name: '',
    periodicity: '1',
    formId: '',
    keyField: 'okpo',
    formatVersion: '1.3',
    version: '',
    settings: {},
    title: [],
    sections: [
      {
        code: '1',
        name: '',
        columns: columns.map((column) => ({ ...column, heading: [] })),
        rows: rows.map((row) => ({ ...row, cells: [] })),
      },
    ],
    dictionaries: [],
    controls: [],
    notes: [],
  }
}

/** Every tenth row, all columns: the same numbers in both. */
function requireSameValues(sheet: Sheet, other: HyperFormula, when: string): void {
  for (let row = 1; row <= rowCount; row += 10) {
    for (let column = firstInput; column <= 22; column += 1) {
      const theirs = Number(other.getCellValue({ sheet: 0, row: row - 1, col: column - firstInput }))
      const ours = Number(sheet.value(`1/${row}/${column}`))
      if (Math.abs(theirs - ours) > 1e-6)
        throw new Error(`Values differ ${when}: ${row}/${column} is ${ours}, there ${theirs}`)
    }
  }
}

function median(times: number, work: (round: number) => void): number {
  work(0) // warm up
  const spent = Array.from({ length: times }, (_, round) => {
    const start = performance.now()
    work(round + 1)
    return performance.now() - start
  })
  return spent.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

function fastMedian(sheet: Sheet): number {
  for (let round = 0; round < 200; round += 1) sheet.recalculate()
  return median(101, () => sheet.recalculate())
}

function medianOfBatches(other: HyperFormula, { cells }: Model): number {
  return median(5, (round) => {
    other.suspendEvaluation()
    cells.forEach((_, row) => {
      const inputs = Array.from({ length: 15 }, (_, number) => inputOf(row + 1, number + firstInput, round))
      other.setCellContents({ sheet: 0, row, col: 0 }, [inputs])
    })
    other.resumeEvaluation()
  })
}

function medianOfOurBatches(sheet: Sheet, { values }: Model): number {
  const addresses = Object.keys(values)
  return median(5, (round) => {
    const typed: Record<string, string> = {}
    for (const address of addresses) {
      const [, row, column] = address.split('/')
      typed[address] = String(inputOf(Number(row), Number(column), round))
    }
    sheet.setMany(typed)
  })
}

const edited = (round: number): number => 10 + (round % 50)

function medianOfEdits(other: HyperFormula): number {
  return median(31, (round) => void other.setCellContents({ sheet: 0, row: 0, col: 0 }, edited(round)))
}

function medianOfOurEdits(sheet: Sheet): number {
  for (let round = 0; round < 200; round += 1) sheet.set('1/1/3', String(100 + (round % 7)))
  return median(31, (round) => void sheet.set('1/1/3', String(edited(round))))
}

/**
 * A full check of a report of 20,000 cells in 12 sections by 2,000 controls (each a sum of ten cells against a bound, all
 * of which hold), in milliseconds of the processor so that other work of the machine counts as little as may be, with the
 * memory of the process: there is no baseline, the aim is 10 ms.
 */
export type FullCheck = {
  milliseconds: number
  /** The same by the clock, the least of all. */
  best: number
  /** The very first: the form read, the report opened and checked by code that nothing has warmed. */
  first: { form: number; report: number; check: number }
  cells: number
  controls: number
  megabytes: number
}

export function benchCheck(): FullCheck {
  const { template, values } = buildCheckModel()
  const [form, inForm] = byProcessor(() => compileForm(template))
  const [sheet, inReport] = byProcessor(() => openSheet(form, values))
  const [problems, inCheck] = byProcessor(() => sheet.check())
  if (problems.length > 0) throw new Error(`The sample does not hold: ${problems[0]?.text}`)
  for (let round = 0; round < 30; round += 1) sheet.check()
  const rounds = 200
  let best = Number.POSITIVE_INFINITY
  const [, used] = byProcessor(() => {
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now()
      sheet.check()
      best = Math.min(best, performance.now() - start)
    }
  })
  return {
    milliseconds: used / rounds,
    best,
    first: { form: inForm, report: inReport, check: inCheck },
    cells: Object.keys(values).length,
    controls: template.controls.length,
    megabytes: Math.round(process.memoryUsage().rss / 1024 / 1024),
  }
}

function byProcessor<T>(work: () => T): [T, number] {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return [result, (user + system) / 1_000]
}

function buildCheckModel(): { template: Template; values: Record<string, string> } {
  const [sections, rows, columns, controls] = [12, 84, 20, 2_000]
  const template = emptyTemplate()
  const [pattern] = template.sections
  if (!pattern) throw new Error('The pattern has a section')
  const values: Record<string, string> = {}
  const codes = Array.from({ length: columns }, (_, number) => String(number + firstInput))
  template.sections = Array.from({ length: sections }, (_, number) => ({
    ...pattern,
    code: String(number + 1),
    name: `Раздел ${number + 1}`,
    columns: codes.map((code) => ({
      code,
      name: code,
      type: 'Z',
      heading: [],
      cell: { column: code, inputType: 2, format: 'N(15,2)' },
    })),
    rows: pattern.rows.slice(0, rows),
  }))
  for (let section = 1; section <= sections; section += 1)
    for (let row = 1; row <= rows; row += 1)
      for (const code of codes) values[`${section}/${row}/${code}`] = String(inputOf(row, Number(code), section))
  for (let number = 0; number < controls; number += 1) {
    const section = (number % sections) + 1
    const row = (Math.floor(number / sections) % rows) + 1
    const from = number % 2 === 0 ? firstInput : firstInput + 10
    template.controls.push({
      id: String(number + 1),
      name: '',
      condition: '',
      rule: `SUM{[${section}][${row}][${from}-${from + 9}]}|<=|1000000`,
      level: 'error',
      precision: 2,
      periodClause: '',
    })
  }
  return { template, values }
}
