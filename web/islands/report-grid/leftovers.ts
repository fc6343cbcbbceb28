/** What earlier pages have left unsaved in this browser: put back, or told of where there is no place for it any more. */
import type { Form } from '../../../engine/index.ts'
import { placeText } from '../../report/places.ts'
import type { Book } from './book.ts'
import type { Kept, Value } from './queue.ts'
import type { Saving } from './saving.ts'
import type { Speaker } from './speaker.ts'
import type { Left, Store } from './store.ts'
import type { Tabs } from './tabs.ts'
import { cells } from './words.ts'

type Owner = { report: string; isOwn(person: string): boolean }
type Restoring = Owner & { book: Book; store: Store; tabs: Tabs; speaker: Speaker; saving: Saving }

/** Pages that were closed, or broke off, before everything was saved have left it here; open ones keep theirs. */
export async function putBackWhatWasLeft(parts: Restoring): Promise<void> {
  const { report, isOwn, book, store, tabs, speaker, saving } = parts
  const open = await tabs.open()
  const left = (await store.ofReport(report)).filter(
    ({ key, person }) => isOwn(person) && !open.has(key.slice(key.lastIndexOf('/') + 1)),
  )
  if (left.length === 0) return
  const values = new Map<string, Value>()
  const gone = new Map<string, Value>()
  for (const { kept } of left.sort((one, other) => one.at - other.at)) {
    const parted = withoutGone(kept, book.form)
    for (const [cell, value] of parted.gone) gone.set(cell, value)
    for (const [cell, value] of book.queue.restore(parted.kept)) values.set(cell, value)
  }
  book.putBack(values)
  // The next record of this page is later than those, whatever the clock says now.
  saving.after(Math.max(...left.map(({ at }) => at)))
  saving.touch()
  const saved = await saving.flush()
  // Not before: now this page's own record, or the server, has all that was in them.
  for (const { key } of left) await store.remove(key)
  if (gone.size > 0) {
    const words = `Форму изменили: ячеек, в которые вы вводили, больше нет, ${cells(gone.size)}. Если эти значения нужны, перепишите их.`
    speaker.tellLeft(words, linesOf(gone, book.form))
  }
  if (values.size > 0)
    speaker.say(`Восстановлено несохранённое: ${cells(values.size)}${saved ? ', теперь сохранено' : ''}`)
}

/** The report cannot be changed now: what was typed before waits, and its owner is told that it does. */
export async function tellWhatWaits({
  report,
  isOwn,
  form,
  store,
  speaker,
}: Owner & { form: Form; store: Store; speaker: Speaker }) {
  const left = (await store.ofReport(report)).filter(({ person }) => isOwn(person))
  const waiting = new Map(left.sort((one, other) => one.at - other.at).flatMap(({ kept }) => typedIn(kept)))
  if (waiting.size === 0) return
  const words = `На этом компьютере осталось введённое, но не сохранённое: ${cells(waiting.size)}. Отчёт сейчас изменить нельзя; если его вернут, откройте его здесь, и значения встанут на место.`
  speaker.tellLeft(words, linesOf(waiting, form))
}

const typedIn = ({ batches, pending, conflicts, bad }: Kept): [string, Value][] => [
  ...batches.flatMap(({ changes }) => Object.entries(changes)),
  ...Object.entries(pending).map(([cell, { value }]): [string, Value] => [cell, value]),
  ...Object.entries(conflicts).map(([cell, { yours }]): [string, Value] => [cell, yours]),
  ...Object.entries(bad),
]

/** Cells that the form had when they were typed and has no more: they would be refused without end, and out of sight. */
function withoutGone(kept: Kept, form: Form): { kept: Kept; gone: [string, Value][] } {
  const isThere = (cell: string) => cell.startsWith('title/') || form.cell(cell) !== undefined
  const own = <Cell>(record: Record<string, Cell>): Record<string, Cell> =>
    Object.fromEntries(Object.entries(record).filter(([cell]) => isThere(cell)))
  const gone = typedIn(kept).filter(([cell]) => !isThere(cell))
  if (gone.length === 0) return { kept, gone }
  return {
    kept: {
      ...kept,
      pending: own(kept.pending),
      conflicts: own(kept.conflicts),
      bad: own(kept.bad),
      // What is in a batch has a key that answers for the whole of it; without some cells it is another call.
      batches: kept.batches.map((batch) => ({
        ...batch,
        key: `${batch.key.slice(0, 28)}gone`,
        changes: own(batch.changes),
        base: own(batch.base),
      })),
    },
    gone,
  }
}

const linesOf = (values: ReadonlyMap<string, Value>, form: Form): string[] =>
  [...values].map(
    ([cell, value]) => `${placeText(form, cell)}: ${value === null || value === '' ? 'пусто' : `«${value}»`}`,
  )

export type { Left }
