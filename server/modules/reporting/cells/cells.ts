/** Saving what was typed: each cell by itself, so that two people at one report lose nothing of each other's. */
import {
  type CellChanges,
  type CellConflict,
  type CellsSaved,
  type ChangeSource,
  type ReportCells,
  titleKey,
} from '../../../../contracts/reporting.ts'
import { type Form, normalAddress } from '../../../../engine/index.ts'
import { shortName } from '../../../../web/kit/text.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { noteUnseen } from '../pulls/seen.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { OtherPerson, ReasonMissing, ReportNotOpen } from '../reporting.errors.ts'
import { cellTexts } from '../reporting.phrases.ts'
import { noteSaved, type ReportRow } from '../reports/reports.queries.ts'
import { fillOf, fillTotal, isTitleKey, type OpenReport, openReport } from '../reports/sheets.ts'
import { type ChangeRow, listChangesOf, listChangesSince, writeCells } from './cells.queries.ts'

type Typed = Map<string, string>
type Refused = CellsSaved['refused']

/** `since`: instead of a base for each cell, the version that the person had before them. */
export type Changes = CellChanges & { since?: number | undefined }

/**
 * Saves the cells that nobody else has changed meanwhile; the others are answered as conflicts and left as they stand.
 * A cell that cannot take what was typed is refused by itself.
 * @throws ReportNotOpen 409 when the report is sent or accepted
 */
export const saveCells = async (ctx: Context, id: string, changes: Changes): Promise<CellsSaved> =>
  (await saveEach(ctx, id, changes)).reply

/** As `saveCells`; tells besides which cells differ now. */
export const saveEach = (
  ctx: Context,
  id: string,
  changes: Changes,
): Promise<{ reply: CellsSaved; changed: ReadonlyMap<string, string | null> }> =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })
    // What was typed under one name is not saved under another that has signed in here meanwhile.
    if (changes.person !== undefined && changes.person !== ctx.account.id) throw new OtherPerson()

    const open = await openReport(tx, report, Object.keys(changes.changes))
    const reason = report.state === 'refused' ? changes.reason : undefined
    const base = changes.since === undefined ? changes.base : await baseSince(tx, open, changes.since)
    const { changed, refused, contested } = enter(open, normalised(open, changes.changes), base)
    await noteUnseen(tx, ctx, open)
    if (changed.size > 0 && asksReason(open) && !reason) throw new ReasonMissing()
    const version =
      changed.size > 0 ? await writeChanged(tx, ctx, open, changed, { ...changes, reason }) : report.version
    const reply: CellsSaved = {
      version,
      savedAt: new Date().toISOString(),
      saved: changed.size,
      computed: open.sheet.computedValues(),
      conflicts: await conflictsOf(tx, report, contested),
      refused,
      fill: fillOf(open.form, open.sheet, open.title),
      pulled: open.pulled,
    }
    return { reply, changed }
  })

/**
 * Takes away the n-th entry of a row that repeats; those below it move up.
 * @throws ReportNotOpen 409
 */
export const removeEntry = (ctx: Context, id: string, row: { section: string; row: string; entry: number }) =>
  transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.fill')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })

    const open = await openReport(tx, report)
    if (!open.sheet.removeRow(row.section, row.row, row.entry)) return
    const after = open.sheet.values()
    const ofRow = (address: string) => address.startsWith(`${row.section}/${row.row}#`)
    const changed = new Map<string, string | null>()
    for (const address of [...Object.keys(open.values), ...Object.keys(after)].filter(ofRow)) {
      const value = after[address] ?? null
      if (value !== (open.values[address] ?? null)) changed.set(address, value)
    }
    if (changed.size > 0) await writeChanged(tx, ctx, open, changed, { source: 'page' })
  })

/** What `saveCells` would do with these cells, without doing it. The sheet holds them afterwards. */
export async function foresee(db: Db, open: OpenReport, changes: Changes) {
  const base = changes.since === undefined ? changes.base : await baseSince(db, open, changes.since)
  const { changed, refused, contested } = enter(open, normalised(open, changes.changes), base)
  return { changed, refused, conflicts: await conflictsOf(db, open.report, contested) }
}

/** Whether changes of the report need a reason: it has come back, and its form asks for one. */
export const asksReason = ({ report, form }: Pick<OpenReport, 'report' | 'form'>): boolean =>
  report.state === 'refused' && form.template.changeReasons === 'required'

export const isOpen = ({ state }: Pick<ReportRow, 'state'>): boolean => state === 'draft' || state === 'refused'

/** All entered and computed cells as they stand. */
export async function viewCells(ctx: Context, id: string): Promise<ReportCells> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const { form, sheet, values, title } = await openReport(ctx.db, report)
  return { version: report.version, values, computed: sheet.computedValues(), fill: fillOf(form, sheet, title) }
}

/** Returns the report's new version. */
async function writeChanged(
  tx: Tx,
  ctx: Context,
  open: OpenReport,
  cells: ReadonlyMap<string, string | null>,
  { source, reason }: { source: ChangeSource; reason?: string | undefined },
): Promise<number> {
  const { report, form, sheet, title, values: before } = open
  const version = report.version + 1
  await writeCells(tx, { reportId: report.id, number: version, by: ctx.account.id, source, reason, cells, before })
  await noteSaved(tx, report.id, version, fillTotal(fillOf(form, sheet, title)))
  journal(tx, ctx, 'report.filled', { kind: 'report', id: report.id }, { cells: cells.size, version })
  return version
}

/** One spelling of each address: two spellings of one cell are one change, the later. */
function normalised({ values }: OpenReport, changes: CellChanges['changes']): Typed {
  const typed: Typed = new Map()
  for (const address of Object.keys(changes)) {
    // What is stored is spelt as it should be, and most of what is changed is stored already.
    typed.set(address in values ? address : spelling(address), changes[address] ?? '')
  }
  return typed
}

const spelling = (address: string): string =>
  isTitleKey(address) ? address.toLowerCase() : (normalAddress(address) ?? address)

type Contested = Map<string, { yours: string | null; theirs: string | null }>
type Entered = { changed: Map<string, string | null>; refused: Refused; contested: Contested }

/** Enters into the open sheet what may be entered; `changed` holds what differs from the stored, canonical. */
function enter(open: OpenReport, typed: Typed, base: CellChanges['base']): Entered {
  const { sheet, values, title } = open
  const faults = setTyped(open, typed)
  const known = base && normalised(open, base)
  const changed = new Map<string, string | null>()
  const contested: Contested = new Map()
  for (const address of typed.keys()) {
    if (faults.has(address)) continue
    const value = isTitleKey(address) ? title[address] || null : sheet.value(address)
    const stored = values[address] ?? null
    if (value === stored) continue
    const expected = known?.get(address)
    if (expected !== undefined && (expected || null) !== stored) {
      contested.set(address, { yours: value, theirs: stored })
    } else changed.set(address, value)
  }
  putBack(open, contested)
  return { changed, refused: [...faults].map(([cell, text]) => ({ cell, text })), contested }
}

/** Puts what was typed into an open report without saving it. Returns what could not be taken. */
export const enterTyped = (open: OpenReport, typed: CellChanges['changes']): Refused =>
  [...setTyped(open, normalised(open, typed))].map(([cell, text]) => ({ cell, text }))

/** Puts what was typed into the sheet and the title page. Returns what was not taken, and why. */
function setTyped({ form, sheet, title }: OpenReport, typed: Typed): Map<string, string> {
  const faults = new Map<string, string>()
  const cells: Record<string, string> = {}
  for (const [address, text] of typed) {
    if (!isTitleKey(address)) cells[address] = text
    else {
      const fault = titleFault(form, address, text)
      if (fault) faults.set(address, fault)
      else title[address] = text.trim()
    }
  }
  for (const { address, problem } of sheet.setMany(cells).refused) faults.set(address, problem)
  return faults
}

function titleFault(form: Form, address: string, text: string): string | undefined {
  if (!form.template.title.some(({ field }) => titleKey(field) === address)) return cellTexts.unknownTitle
  return text.trim().length > 500 ? cellTexts.longTitle : undefined
}

/** What others have changed stays as they left it. */
function putBack({ sheet, title }: OpenReport, contested: Contested): void {
  const theirs: Record<string, string> = {}
  for (const [address, cell] of contested) {
    if (isTitleKey(address)) title[address] = cell.theirs ?? ''
    else theirs[address] = cell.theirs ?? ''
  }
  if (Object.keys(theirs).length > 0) sheet.setMany(theirs)
}

/** What stood in each cell at the version that the person had before them: its value before the first change since. */
async function baseSince(db: Db, open: OpenReport, version: number): Promise<CellChanges['base']> {
  const base: Record<string, string | null> = {}
  for (const change of await listChangesSince(db, open.report.id, version)) {
    change.cells.forEach((cell, index) => {
      if (!(cell in base)) base[cell] = change.oldValues[index] ?? null
    })
  }
  return base
}

async function conflictsOf(db: Db, report: ReportRow, contested: Contested): Promise<CellConflict[]> {
  if (contested.size === 0) return []
  const latest = new Map<string, ChangeRow>()
  for (const change of await listChangesOf(db, report.id, [...contested.keys()], 200)) {
    for (const cell of change.cells) if (!latest.has(cell)) latest.set(cell, change)
  }
  return [...contested].map(([cell, { yours, theirs }]) => {
    const change = latest.get(cell)
    return { cell, yours, theirs, by: change ? authorOf(change) : '', at: change?.at.toISOString() ?? null }
  })
}

export const authorOf = (person: { surname: string | null; name: string | null; patronymic: string | null }): string =>
  person.surname ? shortName([person.surname, person.name, person.patronymic].filter(Boolean).join(' ')) : 'Кабинет'
