/**
 * Live totals. What a report gives stands in one row of figures; reports of one kind under one higher organisation stand
 * together in blocks of at most 64, and only blocks have totals of their own. A submission, a decision or a move touches
 * one block or two, which are added up anew: nothing is ever added to a number that was there, so nothing can drift, and
 * no row of a whole country is fought over at a deadline. Totals of any territory are added up of its blocks.
 */
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { entriesOf } from './entries.ts'
import {
  type CampaignToFold,
  type ChangeRow,
  countChanged,
  countFolded,
  deleteChanges,
  deleteFigures,
  insertBlock,
  listChanges,
  listChangesOf,
  listOpenBlocks,
  listStale,
  listSubmitted,
  listWanted,
  lockCampaign,
  noteDiffering,
  noteFolded,
  noteWanted,
  type StaleRow,
  sumBlocks,
  takeCampaignOf,
  writeFigures,
} from './folding.queries.ts'
import { figuresOf, layoutOf } from './layout.ts'

const largestBlock = 64
const batch = 100
/** A reader works off so many batches itself; the rest is the worker's, and the page says how many reports are missing. */
const readersBatches = 3
/** A little less than the time between two looks. */
const lookMilliseconds = 13_000

/** How many changed reports the totals do not hold yet, and how much of the whole is done. */
export type Waiting = { reports: number; done: number }

/** Brings the totals up to date for whoever is about to read them. Returns what is not in them yet. */
export async function freshen(db: Db, campaignIds: readonly string[]): Promise<Waiting> {
  if (campaignIds.length === 0) return { reports: 0, done: 100 }
  await noteWanted(db, campaignIds)
  for (let round = 0; round < readersBatches; round += 1) {
    const changed = await countChanged(db, campaignIds)
    if (changed === 0) return { reports: 0, done: 100 }
    if (changed > readersBatches * batch) break
    for (const campaignId of campaignIds) await foldBatch(db, campaignId)
  }
  const reports = await countChanged(db, campaignIds)
  const folded = reports === 0 ? 0 : await countFolded(db, campaignIds)
  return { reports, done: Math.floor((100 * folded) / Math.max(1, folded + reports)) }
}

/** The worker's look: every campaign whose totals somebody has read within a day, for some seconds at a time. */
export async function foldWanted(db: Db): Promise<void> {
  const until = Date.now() + lookMilliseconds
  for (const campaignId of await listWanted(db)) {
    while ((await foldBatch(db, campaignId, true)) === batch && Date.now() < until);
  }
}

/**
 * Puts up to a hundred changes of a campaign into its totals.
 * @param compares looks once an hour at all its reports for changes that nobody has noted
 * @returns how many changes there were
 */
export const foldBatch = (db: Db, campaignId: string, compares = false): Promise<number> =>
  transaction({ db }, async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    if (!campaign) return 0
    if (compares && campaign.compares) await noteDiffering(tx, campaignId)
    const changes = await listChanges(tx, campaignId, batch)
    if (changes.length === 0) return 0
    await foldChanges(tx, campaign, changes)
    await noteFolded(tx, campaignId)
    return changes.length
  })

/**
 * Puts one report into its campaign's totals right after what happened to it, without a look at the others. When
 * somebody is folding the campaign already, it is left to the next reader or to the worker.
 */
export async function foldReport(tx: Tx, reportId: string): Promise<void> {
  const campaign = await takeCampaignOf(tx, reportId)
  if (campaign) await foldChanges(tx, campaign, await listChangesOf(tx, reportId))
}

async function foldChanges(tx: Tx, campaign: CampaignToFold, changes: readonly ChangeRow[]): Promise<void> {
  if (changes.length === 0) return
  const stale = await listStale(tx, [...new Set(changes.map(({ reportId }) => reportId))])
  if (stale.length > 0) await fold(tx, campaign, stale)
  await deleteChanges(
    tx,
    changes.map(({ id }) => id),
  )
}

async function fold(tx: Tx, campaign: CampaignToFold, stale: readonly StaleRow[]) {
  const layout = layoutOf(await formOfVersion(tx, campaign.formVersionId))
  const counted = stale.flatMap((row) => (row.state === null ? [] : [{ ...row, state: row.state }]))
  const submitted = new Map(
    (
      await listSubmitted(
        tx,
        counted.map(({ reportId }) => reportId),
      )
    ).map(({ reportId, cells }) => [reportId, cells]),
  )
  const blocks = await blocksFor(tx, campaign.id, counted)
  const left = stale.filter(({ state }) => state === null).map(({ reportId }) => reportId)
  await deleteFigures(tx, left)
  await writeFigures(
    tx,
    campaign.id,
    counted.map(({ reportId, state, sentAt }) => ({
      reportId,
      blockId: blocks.get(reportId) ?? '',
      state,
      sentAt,
      figures: figuresOf(layout, submitted.get(reportId) ?? {}),
      entries: entriesOf(layout, submitted.get(reportId) ?? {}),
    })),
  )
  const touched = new Set([...blocks.values(), ...stale.flatMap(({ blockId }) => blockId ?? [])])
  await sumBlocks(tx, [...touched], layout.extremes)
}

/** The block of each report: where it stands already, one with room, or a new one. */
async function blocksFor(tx: Tx, campaignId: string, rows: readonly StaleRow[]): Promise<Map<string, string>> {
  const open = await listOpenBlocks(tx, campaignId, {
    parentIds: [...new Set(rows.map(({ parentId }) => parentId))],
    own: rows.flatMap(({ blockId }) => blockId ?? []),
    largest: largestBlock,
  })
  const blocks = new Map<string, string>()
  for (const row of rows) {
    const fitting = open.filter(
      ({ parentId, regionCode, kind }) =>
        parentId === row.parentId && regionCode === row.regionCode && kind === row.kind,
    )
    const own = fitting.find(({ id }) => id === row.blockId)
    const roomy = own ?? fitting.find(({ reports }) => reports < largestBlock)
    if (roomy) {
      if (!own) roomy.reports += 1
      blocks.set(row.reportId, roomy.id)
    } else {
      const id = await insertBlock(tx, campaignId, row)
      open.push({ id, parentId: row.parentId, regionCode: row.regionCode, kind: row.kind, reports: 1 })
      blocks.set(row.reportId, id)
    }
  }
  return blocks
}
