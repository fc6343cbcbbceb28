/**
 * Pulled cells: what a report takes from other reports and from the requisites. While it is being filled in they follow
 * their sources; once it is sent they stand as they were sent. A number that has changed since somebody who fills the
 * report in has looked is told with what it was, until that person looks, and the report is not sent before.
 */
import type { OtherReports, PulledCell, PulledCells } from '../../../../contracts/checks.ts'
import {
  type Form,
  formKey,
  normalAddress,
  openSheet,
  otherReportsOf,
  type Pull,
  type PullSource,
  parseAddress,
} from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import {
  type AskedReport,
  type AskedTotal,
  type Elsewhere,
  readElsewhere,
  type SourceReport,
  type SourceTotal,
} from './pulls.queries.ts'
import { placeWords, pullTexts } from './pulls.words.ts'

export type FromElsewhere = {
  pulled: PulledCells
  others: OtherReports
  /** Pulled cells that nobody who fills the report in has seen yet: they are taken as seen with the next save or check. */
  unseen: string[]
}

const nothing: FromElsewhere = { pulled: {}, others: [], unseen: [] }

type FormOf = (versionId: string) => Promise<Form>

/** Reads all that the report takes from elsewhere; asks nothing of the database when its form takes nothing. */
export async function readSources(db: Db, report: ReportRow, form: Form, formOf: FormOf): Promise<FromElsewhere> {
  const pulls = pullsOf(form)
  const others = otherReportsOf(form)
  if (pulls.length === 0 && others.length === 0) return nothing

  const found = await readElsewhere(db, report, askedReports(form), askedTotals(pulls))
  const sources = await openSources(found.reports ?? [], formOf)
  const isFrozen = (report.state === 'sent' || report.state === 'accepted') && found.frozen !== null
  const pulled = isFrozen ? (found.frozen ?? {}) : pulledCells(pulls, found, sources)
  const seen = found.seen ?? {}
  return {
    pulled: isFrozen ? pulled : withWhatWas(pulled, seen),
    others: others.flatMap(({ form: asked, previous, cells }): OtherReports => {
      const source = sources.get(sourceKey({ form: asked, period: previous ? 'previous' : 'same' }))
      return source ? [otherReport(source, asked, previous, cells)] : []
    }),
    unseen: isFrozen ? [] : Object.keys(pulled).filter((cell) => !(cell in seen)),
  }
}

/** The form's pulls whose cell is there, by its address. */
export const pullsOf = (form: Form): Pull[] =>
  (form.template.pulls ?? []).flatMap(({ cell, source }) => {
    const address = normalAddress(cell)
    return address !== undefined && form.cell(address)?.pull ? [{ cell: address, source }] : []
  })

function askedReports(form: Form): AskedReport[] {
  const pulled = pullsOf(form).flatMap(({ source }): AskedReport[] =>
    source.kind === 'form' ? [{ form: formKey(source.form), period: source.period }] : [],
  )
  const looked = otherReportsOf(form).map(
    ({ form: other, previous }): AskedReport => ({ form: other, period: previous ? 'previous' : 'same' }),
  )
  return [...pulled, ...looked]
}

const askedTotals = (pulls: readonly Pull[]): AskedTotal[] =>
  pulls.flatMap(({ source }) => (source.kind === 'subordinates' ? [askedTotal(source)] : []))

export const askedTotal = (source: PullSource & { kind: 'subordinates' }): AskedTotal => ({
  form: formKey(source.form),
  period: source.period,
  cell: normalAddress(source.cell) ?? source.cell,
})

type Source = SourceReport & { value(cell: string): string | null }

const sourceKey = ({ form, period }: AskedReport): string => `${period} ${form}`

async function openSources(reports: readonly SourceReport[], formOf: FormOf): Promise<Map<string, Source>> {
  const sources = new Map<string, Source>()
  for (const report of reports) sources.set(sourceKey(report), await openSource(report, formOf))
  return sources
}

/** A report that is sent holds its worked-out cells; of one that is being filled in they are worked out here. */
async function openSource(report: SourceReport, formOf: FormOf): Promise<Source> {
  const { state, cells } = report
  if (state === 'sent' || state === 'accepted') return { ...report, value: (cell) => cells[cell] ?? null }
  const pulled = Object.fromEntries(
    Object.entries(report.pulled).map(([cell, value]) => [cell, { value, from: '' }] as const),
  )
  const own = Object.fromEntries(Object.entries(cells).filter(([cell]) => parseAddress(cell)))
  const sheet = openSheet(await formOf(report.formVersionId), own, { pulled })
  return { ...report, value: (cell) => sheet.value(cell) ?? cells[cell] ?? null }
}

function otherReport(source: Source, form: string, previous: boolean, cells: readonly string[]): OtherReports[number] {
  const values = cells.flatMap((cell) => {
    const value = source.value(cell)
    return value === null ? [] : [[cell, value] as const]
  })
  return {
    form,
    previous,
    title: `${source.cipher} за ${source.title}`,
    values: Object.fromEntries(values),
    href: `/reports/${source.id}`,
  }
}

function pulledCells(pulls: readonly Pull[], found: Elsewhere, sources: ReadonlyMap<string, Source>): PulledCells {
  const totals = new Map((found.totals ?? []).map((total) => [`${sourceKey(total)} ${total.cell}`, total]))
  const counts = new Map((found.counts ?? []).map((count) => [sourceKey(count), count]))
  const periods = new Map((found.periods ?? []).map((period) => [sourceKey(period), period]))

  const pulled = ({ source }: Pull): PulledCell => {
    switch (source.kind) {
      case 'organisation': {
        const value = found.organisation?.[source.field.toLowerCase()] || null
        return { ...noReport, kind: 'organisation', value, from: pullTexts.requisite(source.field) }
      }
      case 'form': {
        const asked = { form: formKey(source.form), period: source.period }
        const cell = normalAddress(source.cell) ?? source.cell
        const report = sources.get(sourceKey(asked))
        const cipher = periods.get(sourceKey(asked))?.cipher ?? source.form
        if (!report) return { ...noReport, kind: 'form', value: null, from: pullTexts.noReport(cipher, source.period) }
        const from = `${report.cipher} за ${report.title}, ${placeWords(cell)}`
        const { id: reportId, version } = report
        return { kind: 'form', value: report.value(cell), from, reportId, version, cell }
      }
      case 'subordinates': {
        const asked = askedTotal(source)
        const period = periods.get(sourceKey(asked))
        const total = totals.get(`${sourceKey(asked)} ${asked.cell}`)
        const count = counts.get(sourceKey(asked)) ?? { sent: 0, asked: 0 }
        const title = `${period?.cipher ?? source.form}${period?.title ? ` за ${period.title}` : ''}`
        const from = pullTexts.subordinates(title, placeWords(asked.cell), source.total, count)
        return { ...noReport, kind: 'subordinates', value: totalOf(total, source.total), from, cell: asked.cell }
      }
    }
  }
  return Object.fromEntries(pulls.map((pull) => [pull.cell, pulled(pull)]))
}

const noReport = { reportId: null, version: null, cell: null }

function totalOf(
  found: SourceTotal | undefined,
  total: (PullSource & { kind: 'subordinates' })['total'],
): string | null {
  switch (total) {
    case 'sum':
    case 'average':
    case 'maximum':
    case 'minimum':
    case 'list':
      return found?.[total] ?? null
    case 'count':
      return String(found?.count ?? 0)
    case 'none':
      return null
  }
}

function withWhatWas(pulled: PulledCells, seen: Record<string, { value: string | null }>): PulledCells {
  return Object.fromEntries(
    Object.entries(pulled).map(([cell, now]) => {
      const before = seen[cell]
      return [cell, before && before.value !== now.value ? { ...now, was: before.value } : now]
    }),
  )
}
