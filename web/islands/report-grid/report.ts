/** Puts the parts of the grid together: book, table, keys, saving, checks. */
import type { CellsSaved, ReportData } from '../../../contracts/reporting.ts'
import { compileForm, openSheet, type Template } from '../../../engine/index.ts'
import { warningHref } from '../../report/cell-id.ts'
import { Book } from './book.ts'
import { CellBar } from './cell-bar.ts'
import { Checks } from './checks.tsx'
import { updateContents } from './contents.tsx'
import { listenToForm } from './form.ts'
import { Grid } from './grid.ts'
import { listenToKeys } from './keyboard.ts'
import { showKeys } from './keys-dialog.ts'
import { listenToMouse } from './mouse.ts'
import { listenToClipboard } from './pasting.ts'
import { SaveQueue, type Value } from './queue.ts'
import { drawRows } from './rows.tsx'
import { newKey, Saving } from './saving.ts'
import { Speaker } from './speaker.ts'
import { openStore, type Store } from './store.ts'
import { GridTable } from './table.ts'
import { Tabs } from './tabs.ts'
import { cells, selectedWords } from './words.ts'

export function openReport(data: ReportData<Template>, element: HTMLTableElement): void {
  const form = compileForm(data.template)
  const section = form.section(data.section)
  if (!section) return
  const previous = cellsOf(data.previous)
  const sheet = openSheet(form, cellsOf(data.values), {
    previous,
    period: data.period,
    pulled: data.pulled,
    others: data.others,
  })
  const book = new Book(sheet, new SaveQueue(data.values))
  const table = new GridTable(element, section, book, data.readOnly)
  const speaker = new Speaker()
  const grid = new Grid(table, book, {
    moved: (_place, address) => {
      bar?.show(address)
      speaker.trouble(book.fault(address))
    },
    selected: (rectangle) => speaker.say(selectedWords(rectangle)),
  })
  const checks = new Checks({
    book,
    table,
    address: data.checkAddress,
    problems: data.problems,
    explainHref: data.readOnly ? undefined : (problem) => warningHref(data.reportId, data.section, problem),
    onChecked: (problems) => updateContents(sheet.fill(), problems),
    onLive: () => {
      updateContents(sheet.fill(), undefined)
      grid.tellHere()
    },
  })
  const bar = cellBarOf(data, { book, grid, checks, speaker })

  book.onChange((changed) => {
    table.draw(changed, grid.isTyping ? grid.field : undefined)
    checks.touch()
  })
  book.onRows(({ section: of, row: code }) => {
    const row = section.rows.find((candidate) => candidate.type === 'M' && candidate.code === code)
    if (of !== section.code || !row) return
    const hadFocus = element.contains(document.activeElement)
    drawRows(table, book, row)
    grid.rowsChanged()
    if (hadFocus && grid.here) grid.go(grid.here)
  })
  listenToMouse(grid)
  listenToClipboard(grid, { said: (text, refused) => speaker.tellPasted(text, refused, grid) })

  if (data.readOnly) listenToReading(grid, speaker, bar)
  else beginFilling(data, { grid, book, checks, speaker, bar })
  goToFragment(grid)
  // The browser goes to the fragment once more when the page has come whole.
  if (document.readyState !== 'complete') addEventListener('load', () => setTimeout(() => goToFragment(grid)))
  addEventListener('hashchange', () => goToFragment(grid))
}

/** Items of the title page stand beside the cells; a sheet holds cells alone, and would call them unknown. */
const cellsOf = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([address]) => !address.startsWith('title/')))

function cellBarOf(data: ReportData<Template>, { book, grid, checks, speaker }: Parts): CellBar | undefined {
  const bar = document.getElementById('cell-bar')
  if (!bar) return undefined
  return new CellBar(bar, {
    book,
    previous: cellsOf(data.previous),
    period: data.period,
    reportId: data.reportId,
    problemsOf: (address) => checks.problemsOf(address),
    onSettled: (address) => {
      if (book.queue.conflicts.size === 0) speaker.hide()
      grid.goTo(address)
    },
    onKeys: showKeys,
    onBack: () => {
      if (grid.here) grid.go(grid.here)
    },
    readOnly: data.readOnly,
  })
}

/** A link to a cell: in the results of the check, from another section, from the comments. */
function goToFragment(grid: Grid): void {
  const id = decodeURIComponent(location.hash.slice(1))
  const target = id.startsWith('c-') ? document.getElementById(id) : null
  const place = grid.table.placeAt(target)
  if (!place) return
  grid.go(place)
  // The browser brings the cell itself to the top, and its column's names above it out of sight.
  document.getElementById('cell-bar')?.scrollIntoView({ block: 'start' })
  grid.table.reveal(place)
}

function listenToReading(grid: Grid, speaker: Speaker, bar: CellBar | undefined): void {
  listenToKeys(grid, {
    save: () => {},
    undo: () => {},
    redo: () => {},
    tellKeys: showKeys,
    toBar: () => bar?.focus(),
    say: (text) => speaker.say(text),
  })
}

type Parts = { grid: Grid; book: Book; checks: Checks; speaker: Speaker }
type Filling = Parts & { bar: CellBar | undefined }

function beginFilling(data: ReportData<Template>, { grid, book, checks, speaker, bar }: Filling): void {
  const page = newKey()
  const tabs = new Tabs(data.reportId, page, (saved, version) => {
    const mine = book.queue.takeOver(saved)
    book.accept(new Map(mine.map((cell) => [cell, saved[cell] ?? null])))
    noteVersion(version)
  })
  const store = openStore()
  const saving = new Saving({
    address: data.saveAddress,
    report: data.reportId,
    person: personHere(),
    queue: book.queue,
    store,
    tabs,
    say: (state) => speaker.saving(state),
    onSaved: (answer, saved) => takeAnswer(answer, saved, { grid, book, checks, speaker }),
  })
  book.onChange(() => saving.touch())
  const undone = (cellsOfStep: string[] | undefined, none: string): void => {
    const [first] = cellsOfStep ?? []
    if (first) grid.goTo(first)
    else if (!cellsOfStep) speaker.say(none)
  }
  const deeds = {
    save: () => {
      grid.endTyping()
      const words = book.queue.isEmpty ? 'Всё уже сохранено' : 'Всё сохранено'
      void saving.flush().then((saved) => saved && book.queue.isEmpty && speaker.answer(words))
    },
    undo: () => {
      grid.endTyping()
      undone(book.undo(), 'Отменять нечего')
    },
    redo: () => undone(book.redo(), 'Возвращать нечего'),
    tellKeys: showKeys,
    toBar: () => bar?.focus(),
    say: (text: string) => speaker.say(text),
  }
  listenToKeys(grid, deeds)
  listenToForm({ grid, book, checks, speaker, saving })
  speaker.saving({ kind: 'untouched' })
  const typed = grid.table.typedBefore()
  if (typed.size > 0) book.enter(typed)
  void putBackWhatWasLeft(data, { book, store, tabs, speaker, saving })
}

const personHere = (): string => document.querySelector<HTMLElement>('.person')?.title ?? ''

function takeAnswer(answer: CellsSaved, saved: ReadonlyMap<string, Value>, parts: Parts): void {
  const { book, grid, speaker, checks } = parts
  noteVersion(answer.version)
  updateContents(answer.fill, undefined)
  book.refusedByServer(answer.refused)
  book.pull(answer.pulled)
  const contested = answer.conflicts.map(({ cell }) => cell)
  grid.table.draw([...contested, ...saved.keys()], grid.isTyping ? grid.field : undefined)
  if (contested.length > 0) {
    speaker.tellContested(contested, grid)
    grid.tellHere()
  }
  checks.touch()
}

/** A post without the script begins from what the server had last. */
function noteVersion(version: number): void {
  const field = document.querySelector<HTMLInputElement>('form input[type="hidden"][name="version"]')
  if (field && Number(field.value) < version) field.value = String(version)
}

type Restoring = { book: Book; store: Store; tabs: Tabs; speaker: Speaker; saving: Saving }

/** Pages that were closed, or broke off, before everything was saved have left it here; open ones keep theirs. */
async function putBackWhatWasLeft(data: ReportData<Template>, parts: Restoring): Promise<void> {
  const { book, store, tabs, speaker, saving } = parts
  const open = await tabs.open()
  const left = (await store.ofReport(data.reportId)).filter(
    ({ key, person }) => person === personHere() && !open.has(key.slice(key.lastIndexOf('/') + 1)),
  )
  if (left.length === 0) return
  const values = new Map<string, Value>()
  for (const { kept } of left.sort((one, other) => one.at - other.at)) {
    for (const [cell, value] of book.queue.restore(kept)) values.set(cell, value)
  }
  book.putBack(values)
  saving.touch()
  const saved = await saving.flush()
  // Not before: now this page's own record, or the server, has all that was in them.
  for (const { key } of left) await store.remove(key)
  if (values.size > 0)
    speaker.say(`Восстановлено несохранённое: ${cells(values.size)}${saved ? ', теперь сохранено' : ''}`)
}
