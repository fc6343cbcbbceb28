/**
 * Values of many reports in one call. Lines come one by one and are taken in portions; the lines of one report that
 * stand together are one save of it, with its own transaction and its own row of history.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ValueLine, ValueOutcome } from '../../../../contracts/exchange.ts'
import { normalAddress } from '../../../../engine/index.ts'
import { AppError, Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { BodyStream, Context } from '../../../kernel/http/index.ts'
import { saveEach } from '../cells/cells.ts'
import { ReportNotOpen } from '../reporting.errors.ts'
import { phrases } from '../reporting.phrases.ts'
import { valueTexts } from './exchange.phrases.ts'
import { type NumberedLine, readValueLines } from './value-lines.ts'
import { findReportsByKeys, type ReportKey } from './values.queries.ts'

/** A portion ends where a report ends, unless the report alone is larger than this. */
const portion = 20_000
const mostOfOneReport = 50_000
/** Reports saved side by side: while one waits for the disk, another is worked out. */
const atOnce = 4

/** Takes all lines, then answers with what became of each: nobody need read while still sending. */
export async function takeValues(ctx: Context, body: BodyStream): Promise<Response> {
  const folder = await mkdtemp(join(tmpdir(), 'kabinet-values-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'outcomes.jsonl')
    await writeOutcomes(path, outcomesOf(ctx, readValueLines(body)))
    return replyOf(path, (await stat(path)).size, remove)
  } catch (error) {
    await remove()
    throw error
  }
}

async function writeOutcomes(path: string, outcomes: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path)
  for await (const text of outcomes)
    if (!file.write(text)) await new Promise<void>((resolve) => file.once('drain', resolve))
  await new Promise<void>((resolve, reject) => file.end((error?: Error | null) => (error ? reject(error) : resolve())))
}

/** The file goes when the last of it is read, or when nobody reads on. */
function replyOf(path: string, size: number, remove: () => Promise<void>): Response {
  const file = createReadStream(path)
  file.once('close', () => void remove())
  // as: the same stream under the name that the web standard gives it
  const body = Readable.toWeb(file) as ReadableStream<Uint8Array>
  const headers = { 'content-type': 'application/jsonl; charset=utf-8', 'content-length': String(size) }
  return new Response(body, { headers })
}

/** Lines of JSON, one for each line given, in their order. */
export async function* outcomesOf(ctx: Context, lines: AsyncIterable<NumberedLine>): AsyncGenerator<string> {
  let waiting: NumberedLine[] = []
  let last = ''
  for await (const line of lines) {
    const key = line.value ? keyText(line.value) : last
    if (waiting.length >= mostOfOneReport || (waiting.length >= portion && key !== last)) {
      yield await takePortion(ctx, waiting)
      waiting = []
    }
    waiting.push(line)
    last = key
  }
  if (waiting.length > 0) yield await takePortion(ctx, waiting)
}

const keyText = ({ organisation, form, period }: ValueLine): string => `${organisation}|${form}|${period}`

async function takePortion(ctx: Context, lines: readonly NumberedLine[]): Promise<string> {
  const outcomes = new Map<number, ValueOutcome>()
  const groups = new Map<string, { line: number; value: ValueLine }[]>()
  for (const { line, value } of lines) {
    if (!value) {
      outcomes.set(line, { line, state: 'refused', reason: valueTexts.unreadable })
      continue
    }
    const key = keyText(value)
    const group = groups.get(key)
    if (group) group.push({ line, value })
    else groups.set(key, [{ line, value }])
  }
  const reports = await reportsOf(ctx, [...groups.values()])
  const waiting = [...groups.values()].entries()
  const work = async () => {
    for (const [index, group] of waiting)
      for (const outcome of await takeGroup(ctx, reports.get(index), group)) outcomes.set(outcome.line, outcome)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return lines.map(({ line }) => `${JSON.stringify(outcomes.get(line))}\n`).join('')
}

/** By the place of the group. Two organisations of one ОГРН are no answer: their parts are called by id. */
async function reportsOf(ctx: Context, groups: readonly { value: ValueLine }[][]): Promise<Map<number, string>> {
  const keys = groups.flatMap(([first]): ReportKey[] =>
    first ? [{ organisation: first.value.organisation, form: first.value.form, ...periodOf(first.value.period) }] : [],
  )
  const found = new Map<number, string>()
  const twice = new Set<number>()
  for (const { place, id } of await findReportsByKeys(ctx.db, ctx.grants.scopes('report.read'), keys)) {
    if (found.has(place - 1)) twice.add(place - 1)
    found.set(place - 1, id)
  }
  for (const place of twice) found.delete(place)
  return found
}

type Group = readonly { line: number; value: ValueLine }[]

async function takeGroup(ctx: Context, report: string | undefined, group: Group): Promise<ValueOutcome[]> {
  const refused = (reason: string): ValueOutcome[] => group.map(({ line }) => ({ line, state: 'refused', reason }))
  if (!report) return refused(valueTexts.unknownReport)
  const changes: Record<string, string> = {}
  const base: Record<string, string> = {}
  const lastLine = new Map<string, number>()
  for (const { line, value } of group) {
    const cell = spelling(value.cell)
    changes[cell] = typed(value.value)
    if (value.base === undefined) delete base[cell]
    else base[cell] = typed(value.base)
    lastLine.set(cell, line)
  }
  try {
    const { reply, changed } = await saveEach(ctx, report, { changes, base, source: 'api' })
    const faults = new Map(reply.refused.map(({ cell, text }) => [cell, text]))
    const contested = new Map(reply.conflicts.map((conflict) => [conflict.cell, conflict]))
    return group.map(({ line, value }): ValueOutcome => {
      const cell = spelling(value.cell)
      const fault = faults.get(cell)
      if (lastLine.get(cell) !== line) return { line, state: 'unchanged', reason: valueTexts.twice }
      if (fault !== undefined) return { line, state: 'refused', reason: fault }
      const conflict = contested.get(cell)
      if (conflict) return { line, state: 'conflict', reason: valueTexts.stale(conflict.by), stands: conflict.theirs }
      return { line, state: changed.has(cell) ? 'saved' : 'unchanged' }
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return refused(reasonOf(error))
  }
}

const typed = (value: ValueLine['value']): string => (value === null ? '' : String(value))

const spelling = (cell: string): string =>
  cell.startsWith('title/') ? cell.toLowerCase() : (normalAddress(cell) ?? cell)

function reasonOf(error: AppError): string {
  if (error.code === Forbidden.code) return valueTexts.mayNot
  if (error.code === NotFound.code) return valueTexts.unknownReport
  // as: the error's class gave its params this shape
  if (error.code === ReportNotOpen.code) return phrases['report.not-open'](error.params as { state: 'sent' })
  throw error
}

/** «2026-Q3» → the third quarter of 2026 */
export function periodOf(text: string): { year: number; kind: number; number: number } {
  const [year = '', part = ''] = text.split('-')
  const number = Number(part.replace(/\D/g, '')) || 1
  const kind = part === '' ? 1 : part.startsWith('Q') ? 4 : part.startsWith('H') ? 2 : 12
  return { year: Number(year), kind, number }
}

export function periodText({ year, kind, number }: { year: number; kind: number; number: number }): string {
  if (kind === 1) return String(year)
  if (kind === 12) return `${year}-${String(number).padStart(2, '0')}`
  return `${year}-${kind === 4 ? 'Q' : 'H'}${number}`
}
