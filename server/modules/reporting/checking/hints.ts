/**
 * What is worth a second look, and no error: numbers far from the organisation's own of last period, and far from those
 * of similar organisations. Floats are good enough here: nothing is kept or added up from them.
 */
import type { Hint, HintDismissal } from '../../../../contracts/checks.ts'
import { openSheet, parseAddress, russianNumber } from '../../../../engine/index.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { type OpenReport, openReport } from '../reports/sheets.ts'
import { type DismissalRow, listDismissals, listPeers, type PeerRow, putDismissal } from './hints.queries.ts'

/** A change below this is ordinary, however large a share of the number it is. */
const floor = 10
/** A number differs much when the difference is at least this share of the larger of the two: doubled, or halved. */
const largeShare = 0.5
/** So many deviations from the middle of similar organisations are far; 1.4826 makes the median deviation a standard one. */
const farDeviations = 5 * 1.4826
const mostHints = 20

export async function viewHints(ctx: Context, id: string): Promise<Hint[]> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  return hintsOf(ctx.db, await openReport(ctx.db, report))
}

/**
 * «Так и должно быть»: a hint goes out of the way with a word, as long as the number stays.
 * @throws NotFound 404 when there is no such hint now
 */
export const dismissHint = (ctx: Context, id: string, { kind, cell, text }: HintDismissal): Promise<Hint[]> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    const open = await openReport(tx, report)
    const hint = (await hintsOf(tx, open)).find((known) => known.kind === kind && known.cell === cell)
    if (!hint) throw new NotFound({ what: 'hint' })
    await putDismissal(tx, { reportId: id, kind, cell, value: hint.value, text, by: ctx.account.id })
    return hintsOf(tx, open)
  })

/** The farthest first, those not dismissed before the others. */
export async function hintsOf(db: Db, open: OpenReport): Promise<Hint[]> {
  const now = numbersOf({ ...open.values, ...open.sheet.computedValues() })
  const [peers, dismissals] = await Promise.all([
    listPeers(db, open.report, sizeGroup(now.values())),
    listDismissals(db, open.report.id),
  ])
  const found = [...againstPast(open, now), ...againstPeers(now, peers)].sort((one, other) => other.far - one.far)
  return found
    .slice(0, mostHints)
    .map(({ hint }) => ({ ...hint, dismissed: dismissalOf(hint, dismissals) }))
    .sort((one, other) => Number(one.dismissed !== null) - Number(other.dismissed !== null))
}

type Found = { hint: Omit<Hint, 'dismissed'>; far: number }

function dismissalOf({ kind, cell, value }: Found['hint'], rows: readonly DismissalRow[]): string | null {
  return rows.find((row) => row.kind === kind && row.cell === cell && row.value === value)?.text ?? null
}

function numbersOf(values: Readonly<Record<string, string>>): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const [cell, value] of Object.entries(values)) {
    if (parseAddress(cell) && /^-?\d{1,15}(\.\d+)?$/.test(value)) numbers.set(cell, Number(value))
  }
  return numbers
}

/** Organisations are of a size when the sums of all their numbers are of one power of two; as `hints.queries.ts` has it. */
function sizeGroup(numbers: Iterable<number>): number {
  let sum = 0
  for (const number of numbers) sum += Math.abs(number)
  return Math.floor(Math.log2(Math.max(sum, 1)))
}

const differsMuch = (one: number, other: number): boolean =>
  Math.abs(one - other) >= Math.max(floor, largeShare * Math.max(Math.abs(one), Math.abs(other)))

function againstPast({ form, previous, period }: OpenReport, now: ReadonlyMap<string, number>): Found[] {
  const cells = Object.fromEntries(Object.entries(previous).filter(([cell]) => parseAddress(cell)))
  if (Object.keys(cells).length === 0) return []
  const before = numbersOf({ ...cells, ...openSheet(form, cells).computedValues() })
  const when = period.kind === 1 ? `в ${period.year - 1} году` : 'в прошлом периоде'
  return [...now].flatMap(([cell, number]): Found[] => {
    const then = before.get(cell)
    if (then === undefined || cell.includes('#') || !differsMuch(number, then)) return []
    const text = `${when} было ${written(then)}, теперь ${written(number)}`
    return [
      {
        hint: { kind: 'past', cell, value: String(number), text },
        far: Math.abs(number - then) / (Math.abs(then) + floor),
      },
    ]
  })
}

function againstPeers(now: ReadonlyMap<string, number>, peers: readonly PeerRow[]): Found[] {
  return peers.flatMap(({ cell, median, deviation }): Found[] => {
    const number = now.get(cell)
    if (number === undefined || !differsMuch(number, median)) return []
    const away = Math.abs(number - median)
    if (away < farDeviations * deviation) return []
    const text = `здесь ${written(number)}, у организаций того же вида и размера обычно около ${written(rounded(median))}`
    return [{ hint: { kind: 'peers', cell, value: String(number), text }, far: away / (Math.abs(median) + floor) }]
  })
}

const written = (number: number): string => russianNumber(String(number))

/** Two digits that count: the middle of an odd number of organisations is the very number of one of them. */
function rounded(number: number): number {
  if (number === 0) return 0
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(number))) - 1)
  return Math.round(number / unit) * unit
}
