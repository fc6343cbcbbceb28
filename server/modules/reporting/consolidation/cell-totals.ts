/** The total of one cell over accepted reports, for whoever builds figures on reporting. */
import { cellAddress } from '../../../../engine/index.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { consolidationHref } from './consolidation.links.ts'
import { deltasOf } from './consolidation.ts'
import { listCorrections } from './corrections.queries.ts'
import { freshen } from './folding.ts'
import { type CampaignOfPeriod, listCampaignsOf, listFormsWithCampaigns } from './totals.queries.ts'
import { periodKey, selectionOf, viewTotals } from './totals.ts'

type Cell = { form: string; section: string; row: string; column: string }
export type CellOfPeriod = {
  /** `form` is the cipher: 85-К. */
  pull: Cell
  /** Of all regions when absent. */
  region: string | undefined
  year: number
  periodKind: number
  periodNumber: number
}

const everywhere: Scopes = { everywhere: true, regions: [], subtrees: [], organisations: [] }

/**
 * The same total as the consolidation of accepted reports shows, corrections in it. It is given without regard to whose
 * reports the caller may see: one figure of a whole region.
 * @returns undefined when nobody was asked for the form in that period; `value` null when no report has the cell
 */
export async function totalOfCell(
  db: Db,
  { pull, region, ...asked }: CellOfPeriod,
): Promise<{ value: string | null; reports: number; href: string } | undefined> {
  const form = await findForm(db, pull.form)
  const all = form ? await listCampaignsOf(db, form.id) : []
  const campaigns = all.filter((campaign) => isOf(campaign, asked))
  const [newest] = campaigns
  if (!form || !newest) return undefined
  await freshen(
    db,
    campaigns.map(({ id }) => id),
  )
  const selection = selectionOf({ region, states: 'accepted' }, everywhere)
  const period = { year: asked.year, kind: asked.periodKind, number: asked.periodNumber }
  const corrections = await listCorrections(db, form.id, period, selection)
  const totals = await viewTotals(db, campaigns, selection, { deltas: deltasOf(corrections) })
  const address = cellAddress(pull.section, pull.row, pull.column)
  return {
    value: totals?.values[address] ?? null,
    reports: totals?.reports ?? 0,
    href: consolidationHref({
      form: form.code,
      period: periodKey(newest),
      section: pull.section,
      region,
      states: 'accepted',
    }),
  }
}

const isOf = (campaign: CampaignOfPeriod, asked: Omit<CellOfPeriod, 'pull' | 'region'>): boolean =>
  campaign.year === asked.year &&
  campaign.periodKind === asked.periodKind &&
  campaign.periodNumber === asked.periodNumber

const findForm = async (db: Db, cipher: string) =>
  (await listFormsWithCampaigns(db)).find((form) => form.cipher.toLowerCase() === cipher.toLowerCase())

/** Whether the newest version of the form has such a cell, in words of the person who names it. */
export async function problemOfCell(db: Db, pull: Cell): Promise<string | undefined> {
  const form = await findForm(db, pull.form)
  const [newest] = form ? await listCampaignsOf(db, form.id) : []
  if (!newest) return `Сборов по форме «${pull.form}» ещё не было: проверьте шифр`
  const { sections } = await formOfVersion(db, newest.formVersionId)
  const section = sections.find(({ code }) => code === pull.section)
  if (!section) return `В форме «${pull.form}» нет раздела ${pull.section}`
  const row = section.rows.find(({ code }) => code === pull.row)
  if (!row) return `В разделе ${pull.section} нет строки ${pull.row}`
  if (!section.columns.some(({ code }) => code === pull.column))
    return `В разделе ${pull.section} нет графы ${pull.column}`
  return undefined
}
