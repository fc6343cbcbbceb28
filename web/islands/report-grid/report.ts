/** Puts the parts of the grid together: book, table, keys, saving, checks. */
import { reasonField } from '../../../contracts/common-work.ts'
import type { ReportNews } from '../../../contracts/presence.ts'
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
import { putBackWhatWasLeft, tellWhatWaits } from './leftovers.ts'
import { listenToMouse } from './mouse.ts'
import { listenToClipboard } from './pasting.ts'
import { People } from './people.ts'
import { SaveQueue, type Value } from './queue.ts'
import { drawRows } from './rows.tsx'
import { newKey, Saving } from './saving.ts'
import { Speaker } from './speaker.ts'
import { openStore } from './store.ts'
import { GridTable } from './table.ts'
import { Tabs } from './tabs.ts'
import { Talk } from './talk.ts'
import { Watching } from './watching.ts'
import { cells, selectedWords, tellTimesIn } from './words.ts'

export function openReport(data: ReportData<Template>, element: HTMLTableElement): void {
  const form = compileForm(data.template)
  const section = form.section(data.section)
  if (!section) return
  tellTimesIn(data.timeZone)
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
  const talk = new Talk({
    address: data.commentsAddress,
    threads: data.threads,
    mayComment: data.mayComment,
    book,
    table,
    say: (text) => speaker.say(text),
    back: (address) => grid.goTo(address),
    onChange: () => grid.tellHere(),
  })
  const people = new People(table)
  const bar = cellBarOf(data, { book, grid, checks, speaker, talk, people })

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

  const parts = { grid, book, checks, speaker, bar, talk, people }
  if (data.readOnly) beginReading(data, parts)
  else beginFilling(data, parts)
  goToFragment(grid)
  // The browser goes to the fragment once more when the page has come whole.
  if (document.readyState !== 'complete') addEventListener('load', () => setTimeout(() => goToFragment(grid)))
  addEventListener('hashchange', () => goToFragment(grid))
}

/** Items of the title page stand beside the cells; a sheet holds cells alone, and would call them unknown. */
const cellsOf = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([address]) => !address.startsWith('title/')))

function cellBarOf(
  data: ReportData<Template>,
  { book, grid, checks, speaker, talk, people }: Parts,
): CellBar | undefined {
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
    talkOf: (address) => talk.wordsAt(address),
    onTalk: (address) => talk.open(address),
    whoIsAt: (address) => people.namesAt(address),
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

function beginReading(data: ReportData<Template>, parts: Filling): void {
  const { grid, speaker, bar, talk } = parts
  listenToKeys(grid, {
    save: () => {},
    undo: () => {},
    redo: () => {},
    tellKeys: showKeys,
    talk: () => talkHere(grid, talk),
    toBar: () => bar?.focus(),
    say: (text) => speaker.say(text),
  })
  watch(data, parts, { saved: () => 0 })
  void tellWhatWaits({
    report: data.reportId,
    isOwn: (person) => isOwn(data, person),
    form: parts.book.form,
    store: openStore(),
    speaker,
  })
}

function talkHere(grid: Grid, talk: Talk): void {
  if (grid.here) talk.open(grid.table.addressAt(grid.here))
}

type Parts = { grid: Grid; book: Book; checks: Checks; speaker: Speaker; talk: Talk; people: People }
type Filling = Parts & { bar: CellBar | undefined }

function beginFilling(data: ReportData<Template>, parts: Filling): void {
  const { grid, book, speaker, bar, talk } = parts
  let version = data.version
  const told = (newest: number) => {
    version = Math.max(version, newest)
    noteVersion(newest)
  }
  const page = newKey()
  const tabs = new Tabs(data.reportId, page, (saved, newest) => {
    takeTheirs(book, saved)
    told(newest)
  })
  const store = openStore()
  const saving = new Saving({
    address: data.saveAddress,
    report: data.reportId,
    person: data.person,
    queue: book.queue,
    store,
    tabs,
    say: (state) => speaker.saving(state),
    onSaved: (answer, saved) => {
      told(answer.version)
      takeAnswer(answer, saved, parts)
    },
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
    talk: () => talkHere(grid, talk),
    toBar: () => bar?.focus(),
    say: (text: string) => speaker.say(text),
  }
  listenToKeys(grid, deeds)
  listenToForm({ ...parts, saving })
  listenToReason(book, saving)
  speaker.saving({ kind: 'untouched' })
  const typed = grid.table.typedBefore()
  if (typed.size > 0) book.enter(typed)
  void putBackWhatWasLeft({
    report: data.reportId,
    isOwn: (person) => isOwn(data, person),
    book,
    store,
    tabs,
    speaker,
    saving,
  }).then(() => showReason(book))
  watch(data, parts, { saved: () => version })
}

/** Cells that somebody else has saved, or this person in another tab; those with something unsaved stay as they are. */
function takeTheirs(book: Book, saved: Readonly<Record<string, Value>>): string[] {
  const changed = book.queue
    .takeOver(saved)
    .filter((cell) => !cell.startsWith('title/') && (book.sheet.value(cell) ?? null) !== (saved[cell] ?? null))
  if (changed.length > 0) book.accept(new Map(changed.map((cell) => [cell, saved[cell] ?? null])))
  return changed
}

function watch(data: ReportData<Template>, parts: Filling, { saved }: { saved: () => number }): void {
  const { grid, book, speaker, talk, people } = parts
  let comments: number | undefined
  let said = ''
  const watching = new Watching({
    newsAddress: data.newsAddress,
    presenceAddress: data.presenceAddress,
    version: data.version,
    saved,
    here: () => ({ section: data.section, cell: grid.here ? grid.table.addressAt(grid.here) : null }),
    onNews: (news) => {
      const changed = takeTheirs(book, news.cells)
      if (changed.length > 0) speaker.say(`${news.by.join(', ')}: изменено, ${cells(changed.length)}`)
      noteVersion(news.version)
      if (people.show(news.people) || changed.length > 0) grid.tellHere()
      if (comments !== undefined && comments !== news.comments) void talk.refresh()
      comments = news.comments
      const words = movedWords(data, news)
      if (words !== '' && words !== said) speaker.tellMoved(words)
      said = words
    },
  })
  grid.table.element.addEventListener('focusin', () => watching.tell())
}

/** What the page cannot take over without being drawn anew. */
function movedWords({ state, formVersion }: ReportData<Template>, news: ReportNews): string {
  if (news.form !== formVersion) return 'Форму отчёта заменили новой версией. Обновите страницу: введённое останется.'
  return news.state === state
    ? ''
    : 'Пока страница открыта, отчёт отправили, приняли или вернули. Обновите страницу: введённое останется.'
}

const reasonBox = () => document.querySelector<HTMLInputElement>(`#section-form [name="${reasonField}"]`)

/** Why cells are changed goes with all that is saved from now on, and with what was refused for want of it. */
function listenToReason(book: Book, saving: Saving): void {
  const box = reasonBox()
  if (!box) return
  const take = () => book.queue.explain(box.value.trim(), newKey)
  take()
  box.addEventListener('input', take)
  box.addEventListener('change', () => void saving.flush())
}

function showReason({ queue }: Book): void {
  const box = reasonBox()
  if (box && box.value === '') box.value = queue.reason
}

/** Records of former days name their owner instead of telling the account. */
const isOwn = (data: ReportData<Template>, person: string): boolean =>
  person === data.person || (person !== '' && person === personHere())

const personHere = (): string => document.querySelector<HTMLElement>('.person')?.title ?? ''

function takeAnswer(answer: CellsSaved, saved: ReadonlyMap<string, Value>, parts: Parts): void {
  const { book, grid, speaker, checks } = parts
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
