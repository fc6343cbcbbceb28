/** A table of a plan: read and kept, shown with what it would do, applied as a whole when the person says so. */

import { templatePlan } from '../../../../../contracts/measures.ts'
import type { PlanFile, PlanImport, PlanLineOutcome } from '../../../../../contracts/plan-exchange.ts'
import { largestPlanFile, mostPlanLines } from '../../../../../contracts/plan-exchange.ts'
import { dayIn } from '../../../../kernel/calendar/index.ts'
import { type Db, type Tx, transaction } from '../../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../../kernel/errors/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { journal } from '../../../../kernel/journal/index.ts'
import { readRows, UnreadableTable } from '../../../../kernel/spreadsheets/index.ts'
import { insertSection, listSections } from '../../roadmaps/roadmaps.queries.ts'
import { lockPlan } from '../changing.queries.ts'
import { addMeasureIn, changeMeasureIn, changeResponsibleIn } from '../changing.ts'
import { findOrganisationsCalled } from '../organisations.queries.ts'
import { accessPlan, editingOf, type PlanFound, placeOfPlan } from '../plan.ts'
import { type ComparedLine, compare } from './comparison.ts'
import { ImportApplied, NothingToApply, TableUnreadable } from './exchange.errors.ts'
import {
  findImport,
  type ImportRow,
  insertImport,
  listNamedIndicators,
  listWholePlan,
  markApplied,
} from './exchange.queries.ts'
import type { GivenPlan } from './given.ts'
import { recognise, type TableRow } from './recognition.ts'

/** Of rows, headings and sections among them. */
const mostRows = 3 * mostPlanLines

/**
 * A plan that one may change.
 * @throws NotFound 404, Forbidden 403
 */
export async function accessPlanToChange(db: Db, ctx: Context, roadmapId: string, asked?: string): Promise<PlanFound> {
  const plan = await accessPlan(db, ctx, roadmapId, asked)
  const region = plan.region?.code ?? null
  if (!ctx.grants.allow(editingOf(region), placeOfPlan(region))) throw new Forbidden()
  return plan
}

/** Reads the table and keeps what it gives; the plan is not touched. @throws TableUnreadable 422 */
export async function givePlan(ctx: Context, roadmapId: string, { region, file, text }: PlanFile): Promise<string> {
  const plan = await accessPlanToChange(ctx.db, ctx, roadmapId, region)
  const rows = file && file.size > 0 ? await rowsOfFile(file) : rowsOfText(text)
  const given = recognise(rows, dayIn(plan.roadmap.deadline, plan.roadmap.timeZone))
  if (!given) throw new TableUnreadable({ why: noHeadings })
  if (given.sections.flatMap(({ measures }) => measures).length > mostPlanLines)
    throw new TableUnreadable({ why: `В ней больше ${mostPlanLines} мероприятий. Разделите её на несколько.` })
  const fileName = file && file.size > 0 ? file.name.replaceAll('\0', '').slice(0, 200) : 'вставленная таблица'
  return transaction(ctx, (tx) =>
    insertImport(tx, { roadmapId, region: plan.region?.code ?? null, fileName, given, by: ctx.account.id }),
  )
}

const noHeadings =
  'В ней не нашлось строки заголовков: нужны хотя бы «Наименование мероприятия» и «Срок» или «Ответственный исполнитель».'

async function rowsOfFile(file: File): Promise<TableRow[]> {
  if (file.size > largestPlanFile)
    throw new TableUnreadable({ why: 'Файл больше 5 МБ. Уберите из него рисунки или разделите таблицу на несколько.' })
  const rows: TableRow[] = []
  try {
    for await (const row of readRows(new Uint8Array(await file.arrayBuffer())).rows) {
      rows.push(row)
      if (rows.length > mostRows)
        throw new UnreadableTable(`В ней больше ${mostRows} строк. Разделите её на несколько.`)
    }
  } catch (error) {
    if (error instanceof UnreadableTable) throw new TableUnreadable({ why: error.message }, { cause: error })
    throw error
  }
  return rows
}

/** What Word and Excel put on the clipboard: cells parted by tabs, those with line breaks in quotes. */
export function rowsOfText(text: string): TableRow[] {
  const rows: { number: number; cells: string[] }[] = []
  let [cells, cell, quoted, number, begun]: [string[], string, boolean, number, number] = [[], '', false, 1, 1]
  const endRow = () => {
    cells.push(cell)
    if (cells.some((each) => each.trim() !== '')) rows.push({ number: begun, cells })
    cells = []
    cell = ''
    begun = number
  }
  for (const sign of text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').slice(0, 1_000_000)) {
    if (sign === '\n') number += 1
    if (sign === '"' && (quoted || cell === '')) quoted = !quoted
    else if (sign === '\t' && !quoted) {
      cells.push(cell)
      cell = ''
    } else if (sign === '\n' && !quoted) endRow()
    else cell += sign
    if (rows.length > mostRows) throw new TableUnreadable({ why: `В ней больше ${mostRows} строк.` })
  }
  endRow()
  return rows
}

/** What the table would do to the plan as it stands now. */
export async function viewPlanImport(ctx: Context, roadmapId: string, importId: string): Promise<PlanImport> {
  const found = await getImport(ctx.db, ctx, roadmapId, importId)
  const plan = await accessPlanToChange(ctx.db, ctx, roadmapId, found.region ?? templatePlan)
  const lines = await compareWith(ctx.db, plan, found.given)
  const count = (outcome: PlanLineOutcome) => lines.filter((line) => line.outcome === outcome).length
  return {
    id: found.id,
    fileName: found.fileName,
    region: found.region,
    applied: found.appliedAt !== null,
    columns: found.given.columns,
    left: found.given.left,
    counts: {
      added: count('added'),
      changed: count('changed'),
      same: count('same'),
      wrong: count('wrong'),
      unsure: lines.filter(({ unsure }) => unsure).length,
    },
    lines: lines.map(({ wanted: _wanted, of: _of, given: _given, ...line }) => line),
  }
}

async function getImport(db: Db, ctx: Context, roadmapId: string, id: string): Promise<ImportRow> {
  const found = await findImport(db, { id, roadmapId, by: ctx.account.id })
  if (!found) throw new NotFound({ what: 'import' })
  return found
}

async function compareWith(db: Db, { roadmap, region, sections }: PlanFound, given: GivenPlan) {
  const code = region?.code ?? null
  const names = given.sections.flatMap((section) =>
    section.measures.flatMap(({ organisation = '', coExecutors = [] }) => [
      ...organisation.split('\n'),
      ...coExecutors,
    ]),
  )
  const [measures, indicators, organisations] = await Promise.all([
    listWholePlan(db, roadmap.id, code),
    listNamedIndicators(db, roadmap.id),
    findOrganisationsCalled(db, [], [...new Set(names.filter(Boolean))]),
  ])
  const seen = new Set(sections.map(({ id }) => id))
  return compare(given, {
    region: code,
    sections,
    measures: measures.filter(({ sectionId }) => seen.has(sectionId)),
    indicators,
    organisations: new Map(organisations.map(({ shortName, id }) => [shortName, id])),
  })
}

/**
 * All lines that add or change something, in one transaction; those that were not wholly understood only when asked.
 * @returns how many lines were applied
 * @throws ImportApplied, NothingToApply 409
 */
export async function applyPlanImport(
  ctx: Context,
  roadmapId: string,
  importId: string,
  { unsure }: { unsure: boolean },
): Promise<number> {
  return transaction(ctx, async (tx) => {
    const found = await getImport(tx, ctx, roadmapId, importId)
    const plan = await accessPlanToChange(tx, ctx, roadmapId, found.region ?? templatePlan)
    await lockPlan(tx, { roadmapId, region: found.region })
    const lines = (await compareWith(tx, plan, found.given)).filter(
      (line) => (line.outcome === 'added' || line.outcome === 'changed') && (unsure || !line.unsure),
    )
    if (!(await markApplied(tx, importId, ctx.account.id))) throw new ImportApplied()
    if (lines.length === 0) throw new NothingToApply()

    const added = new Map<string, string>()
    for (const line of lines) await applyLine(tx, ctx, roadmapId, found, line, added)
    journal(tx, ctx, 'plan.import-applied', { kind: 'roadmap', id: roadmapId }, { lines: lines.length })
    return lines.length
  })
}

/** @param added sections of the table that were added on the way, by their titles */
async function applyLine(
  tx: Tx,
  ctx: Context,
  roadmapId: string,
  found: ImportRow,
  { wanted, of, given }: ComparedLine,
  added: Map<string, string>,
): Promise<void> {
  const sectionId = wanted.sectionId ?? added.get(given.title) ?? (await addSection(tx, roadmapId, given, added))
  const whole = { ...wanted, sectionId }
  const reason = `Из таблицы «${found.fileName}»`
  if (!of) await addMeasureIn(tx, ctx, roadmapId, { ...whole, region: found.region ?? templatePlan })
  else if (of.copy) await changeResponsibleIn(tx, ctx, of.id, { ...whole, version: of.version })
  else await changeMeasureIn(tx, ctx, of.id, { ...whole, reason, version: of.version })
}

async function addSection(
  tx: Tx,
  roadmapId: string,
  { number, title }: { number: string; title: string },
  added: Map<string, string>,
): Promise<string> {
  const last = (await listSections(tx, roadmapId)).at(-1)
  const position = (last?.position ?? 0) + 1
  const id = await insertSection(tx, roadmapId, { position, number: number || String(position), title })
  added.set(title, id)
  return id
}
