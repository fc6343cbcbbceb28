/** A file given for a report: first what it would do, then, when the person says so, the ordinary save. */
import type { ReportImport } from '../../../../contracts/exchange.ts'
import type { CellsSaved } from '../../../../contracts/reporting.ts'
import { normalAddress, typedNumber } from '../../../../engine/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listChangesSince } from '../cells/cells.queries.ts'
import { foresee, isOpen, saveCells } from '../cells/cells.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { ReportNotOpen } from '../reporting.errors.ts'
import { findReport, placeOfReport } from '../reports/reports.queries.ts'
import { isTitleKey, type OpenReport, openReport } from '../reports/sheets.ts'
import { AlreadyEntered, FileUnreadable, NothingToEnter } from './exchange.errors.ts'
import { fileTexts } from './exchange.phrases.ts'
import { findImport, type ImportRow, insertImport, markEntered } from './exchange.queries.ts'
import type { GivenFile } from './given.ts'
import { readReportCsv } from './report-csv.ts'
import { readReportXml } from './report-xml.ts'
import { readReportBook } from './workbook-reading.ts'

/**
 * Reads the file and keeps what it gives; the report is not touched.
 * @throws FileUnreadable 422; ReportNotOpen 409
 */
export async function uploadReportFile(ctx: Context, id: string, file: File): Promise<string> {
  const report = await accessReport(ctx.db, ctx, id, 'report.fill')
  if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })
  const open = await openReport(ctx.db, report)
  const given = await readGiven(ctx, open, new Uint8Array(await file.arrayBuffer()))
  const since = given.since ?? report.version
  return transaction(ctx, async (tx) => {
    const cells = await withoutUntouched(tx, open, given.cells, since)
    const fileName = file.name.replaceAll('\0', '').slice(0, 200) || 'файл'
    return insertImport(tx, { reportId: id, fileName, since, given: { ...given, cells }, by: ctx.account.id })
  })
}

/** What the file is, its bytes say, never its name. */
function readGiven(ctx: Context, open: OpenReport, bytes: Uint8Array): Promise<GivenFile> | GivenFile {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readReportBook(bytes, open, (other) => nameOfReport(ctx, other))
  const start = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 200))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (start.startsWith('<?xml') || start.startsWith('<report')) return readReportXml(bytes, open)
  if (start.startsWith('%PDF') || start.startsWith('<')) throw new FileUnreadable({ text: fileTexts.unknown })
  return readReportCsv(bytes, open)
}

/** Names another report only to one who may see it. */
async function nameOfReport(ctx: Context, id: string): Promise<string> {
  const other = /^[0-9a-f-]{36}$/.test(id) ? await findReport(ctx.db, id) : undefined
  if (!other || !ctx.grants.see(placeOfReport(other))) return 'он вам недоступен'
  return `${other.formCipher} за ${other.campaignTitle}, ${other.organisationName}`
}

/**
 * Without the cells that stand in the file as they stood when it was made: what others have changed since is theirs, and
 * not a conflict. Nor does an empty spare row open an entry.
 */
async function withoutUntouched(
  tx: Tx,
  open: OpenReport,
  cells: GivenFile['cells'],
  since: number,
): Promise<GivenFile['cells']> {
  const before = new Map<string, string | null>()
  for (const change of await listChangesSince(tx, open.report.id, since))
    change.cells.forEach((cell, index) => {
      if (!before.has(cell)) before.set(cell, change.oldValues[index] ?? null)
    })
  const kept: GivenFile['cells'] = {}
  for (const [address, text] of Object.entries(cells)) {
    const then = before.get(address)
    if (then !== undefined && canonical(text) === (then ?? '')) continue
    if (text === '' && address.includes('#') && !(address in open.values)) continue
    kept[address] = text
  }
  return kept
}

const canonical = (text: string): string => typedNumber(text) ?? text

/** What the file would do to the report as it stands now. */
export async function viewReportImport(ctx: Context, id: string, importId: string): Promise<ReportImport> {
  const report = await accessReport(ctx.db, ctx, id, 'report.fill')
  const row = await findImport(ctx.db, { id: importId, reportId: id, by: ctx.account.id })
  if (!row) throw new NotFound({ what: 'import' })
  const open = await openReport(ctx.db, report, Object.keys(row.given.cells))
  return { ...shownImport(row), ...(await foreseen(ctx, open, row)) }
}

const shownImport = ({ id, fileName, format, createdAt, appliedAt, since }: ImportRow) => ({
  id,
  fileName,
  format,
  since,
  createdAt: createdAt.toISOString(),
  appliedAt: appliedAt?.toISOString() ?? null,
})

async function foreseen(ctx: Context, open: OpenReport, { given, since }: ImportRow) {
  const changes = enterable(open, given.cells)
  const { changed, refused, conflicts } = await foresee(ctx.db, open, { changes, since, source: 'import' })
  const computed = wrongComputed(open, given.cells)
  const all = [
    ...given.refused,
    ...refused.map(({ cell, text }) => ({ cell, given: given.cells[cell] ?? '', text })),
    ...computed,
  ]
  return {
    changes: [...changed].map(([cell, value]) => ({ cell, old: open.values[cell] ?? null, new: value })),
    refused: all,
    conflicts,
    same: Math.max(0, Object.keys(given.cells).length - changed.size - all.length - conflicts.length),
  }
}

/** Computed cells are left out: they are held against what is worked out. */
function enterable({ form }: OpenReport, cells: GivenFile['cells']): Record<string, string> {
  const isComputed = (address: string) => {
    const kind = isTitleKey(address) ? undefined : form.cell(address)?.kind
    return kind === 'computed' || kind === 'pulled' || kind === 'label'
  }
  return Object.fromEntries(Object.entries(cells).filter(([address]) => !isComputed(address)))
}

function wrongComputed({ form, sheet }: OpenReport, cells: GivenFile['cells']): ReportImport['refused'] {
  return Object.entries(cells).flatMap(([address, text]) => {
    const kind = isTitleKey(address) ? undefined : form.cell(address)?.kind
    if ((kind !== 'computed' && kind !== 'pulled') || text === '') return []
    const own = sheet.value(normalAddress(address) ?? address)
    if (canonical(text) === (own ?? '0')) return []
    return [{ cell: address, given: text, text: fileTexts.computed(own === null ? 'пусто' : sheet.text(address)) }]
  })
}

/**
 * «Внести»: saves what may be entered and what nobody has changed meanwhile, as any other save.
 * @throws AlreadyEntered 409; NothingToEnter 409; ReportNotOpen 409
 */
export async function enterReportImport(ctx: Context, id: string, importId: string): Promise<CellsSaved> {
  const row = await findImport(ctx.db, { id: importId, reportId: id, by: ctx.account.id })
  const report = await accessReport(ctx.db, ctx, id, 'report.fill')
  if (!row) throw new NotFound({ what: 'import' })
  if (row.appliedAt) throw new AlreadyEntered()
  const open = await openReport(ctx.db, report, Object.keys(row.given.cells))
  const { changes } = await foreseen(ctx, open, row)
  if (changes.length === 0) throw new NothingToEnter()
  const given = Object.fromEntries(changes.map(({ cell, new: value }) => [cell, value]))
  const saved = await saveCells(ctx, id, { changes: given, since: row.since, source: 'import' })
  await transaction(ctx, async (tx) => {
    await accessReportToChange(tx, ctx, id, 'report.fill')
    await markEntered(tx, importId, ctx.account.id)
  })
  return saved
}
