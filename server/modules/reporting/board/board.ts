/** The supervisor's board of a campaign: how far each district and organisation has come, and what is done about it. */
import type {
  Board,
  BoardQuery,
  BulkAcceptance,
  BulkRefusal,
  BulkReportsOutcome,
  DayProgress,
  Progress,
} from '../../../../contracts/campaigns.ts'
import type { ReportState } from '../../../../contracts/reporting.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { accessCampaign } from '../campaigns/campaigns.access.ts'
import type { CampaignRow } from '../campaigns/campaigns.queries.ts'
import { acceptReport, refuseReport } from '../decisions/decisions.ts'
import { phrases } from '../reporting.phrases.ts'
import { findReport } from '../reports/reports.queries.ts'
import {
  type BoardPlace,
  type BoardRow,
  countByDay,
  countByDistrict,
  type DayStep,
  insertNudges,
  listBoardRows,
} from './board.queries.ts'

export const rowsOnPage = 50

const placeOf = (ctx: Context, campaign: CampaignRow): BoardPlace => ({
  campaignId: campaign.id,
  deadline: campaign.deadline,
  scopes: ctx.grants.scopes('campaign.read'),
})

export async function viewBoard(ctx: Context, id: string): Promise<Board> {
  const campaign = await accessCampaign(ctx.db, ctx, id)
  const place = placeOf(ctx, campaign)
  const [districts, steps] = await Promise.all([
    countByDistrict(ctx.db, place),
    countByDay(ctx.db, place, ctx.timeZone),
  ])
  const named = districts.map((district) => ({ ...district, name: district.name ?? 'Вне муниципалитетов' }))
  return { all: sumOf(named), districts: named, days: daysOf(steps, campaign, ctx.timeZone) }
}

const nothing: Progress = {
  total: 0,
  untouched: 0,
  filling: 0,
  sent: 0,
  accepted: 0,
  refused: 0,
  overdue: 0,
  withErrors: 0,
  filled: 0,
}

/** Of shares, the mean by how many reports each is of. */
function sumOf(parts: readonly Progress[]): Progress {
  const sum = { ...nothing }
  for (const part of parts) {
    sum.filled = (sum.filled * sum.total + part.filled * part.total) / (sum.total + part.total || 1)
    for (const key of [
      'total',
      'untouched',
      'filling',
      'sent',
      'accepted',
      'refused',
      'overdue',
      'withErrors',
    ] as const)
      sum[key] += part[key]
  }
  return sum
}

const mostDays = 400

/** From the day of opening to today, or to the last thing that happened in a campaign that is closed. */
function daysOf(steps: readonly DayStep[], { openedAt, closedAt }: CampaignRow, timeZone: string): DayProgress[] {
  if (openedAt === null) return []
  const dayIn = (moment: Date) => moment.toLocaleDateString('sv-SE', { timeZone })
  const happened = steps.map(({ day }) => day)
  const first = [dayIn(openedAt), ...happened].sort()[0] ?? dayIn(openedAt)
  const last = [dayIn(closedAt ?? new Date()), ...happened].sort().at(-1) ?? first
  const standing = { sent: 0, accepted: 0, refused: 0, draft: 0 } satisfies Record<ReportState, number>
  const byDay = Map.groupBy(steps, ({ day }) => day)
  const days: DayProgress[] = []
  for (let day = first; day <= last && days.length < mostDays * 10; day = dayAfter(day)) {
    for (const { before, state, count } of byDay.get(day) ?? []) {
      standing[state] += count
      if (before) standing[before] -= count
    }
    days.push({ day, sent: standing.sent, accepted: standing.accepted, refused: standing.refused })
  }
  return days.slice(-mostDays)
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export async function viewBoardRows(ctx: Context, id: string, query: BoardQuery) {
  const campaign = await accessCampaign(ctx.db, ctx, id)
  const part = { limit: rowsOnPage, offset: (query.page - 1) * rowsOnPage }
  return listBoardRows(ctx.db, placeOf(ctx, campaign), query, part)
}

/** Every row that is looked for, a thousand at a time. */
export async function* allBoardRows(ctx: Context, campaign: CampaignRow, query: BoardQuery): AsyncGenerator<BoardRow> {
  const step = 5000
  for (let offset = 0; ; offset += step) {
    const { rows } = await listBoardRows(ctx.db, placeOf(ctx, campaign), query, { limit: step, offset })
    yield* rows
    if (rows.length < step) return
  }
}

/** Each at the level where it was seen to wait. */
export const acceptMany = (ctx: Context, { reports, levels }: BulkAcceptance): Promise<BulkReportsOutcome> =>
  eachOf(ctx, reports, (id) => acceptReport(ctx, id, { level: levels[id] }))

/** Returns several reports with one reason, which each organisation reads as its own. */
export const refuseMany = (ctx: Context, { reports, reason }: BulkRefusal): Promise<BulkReportsOutcome> =>
  eachOf(ctx, reports, (id) => refuseReport(ctx, id, { reason, remarks: [] }))

/** Each by the ordinary action, in a transaction of its own; what could not be done is told of that one. */
async function eachOf(
  ctx: Context,
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
): Promise<BulkReportsOutcome> {
  const done: string[] = []
  const failed: BulkReportsOutcome['failed'] = []
  for (const id of new Set(ids)) {
    try {
      await act(id)
      done.push(id)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failed.push({ id, organisation: await nameOf(ctx, id, error), problem: textOf(error) })
    }
  }
  return { done, failed }
}

const nameOf = async (ctx: Context, id: string, { status }: AppError): Promise<string> =>
  status === 404 ? '' : ((await findReport(ctx.db, id))?.organisationName ?? '')

function textOf({ code, params, status }: AppError): string {
  const phrase = new Map<string, unknown>(Object.entries(phrases)).get(code)
  if (typeof phrase === 'function') return String(phrase(params))
  if (typeof phrase === 'string') return phrase
  return status === 403 ? 'Решать по этому отчёту вам не поручено' : 'Не получилось. Откройте отчёт: там сказано почему'
}

/**
 * Reminds of reports that were not sent: of those chosen, or of all that are looked for. The worker tells it, once a day
 * for a report however often it is asked for.
 */
export async function remindMany(
  ctx: Context,
  campaignId: string,
  asked: { query: BoardQuery; ids?: readonly string[] },
): Promise<number> {
  const campaign = await accessCampaign(ctx.db, ctx, campaignId)
  const place = { ...placeOf(ctx, campaign), scopes: ctx.grants.scopes('report.decide') }
  return transaction(ctx, async (tx) => {
    const count = await insertNudges(tx, place, { ...asked, by: ctx.account.id })
    journal(tx, ctx, 'campaign.reminded', { kind: 'campaign', id: campaignId }, { reports: count })
    await publish(tx, 'campaign.reminded', { campaignId })
    return count
  })
}
