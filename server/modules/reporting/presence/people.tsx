/** Who else is at a report, beside its state; and, for one who comes back, what others have changed meanwhile. */
import type { PersonPresent } from '../../../../contracts/presence.ts'
import { counted, formatDateTime, Note, PeopleHere } from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import type { Visit } from './presence.ts'

export const People = ({ people }: { people: readonly PersonPresent[] }) => (
  <PeopleHere people={people.map(({ id, name, section }) => ({ id, name, about: placeOf(section) }))} />
)

const placeOf = (section: string): string => (section === 'title' ? 'титульный лист' : `раздел ${section}`)

type ChangedProps = { ctx: PageContext; reportId: string; visit: Visit }

/** Without scripts this is how one learns of others' work; with them it tells of the time before the page was opened. */
export function ChangedSince({ ctx, reportId, visit: { changed } }: ChangedProps) {
  if (!changed) return null
  const words = changed.by.map(({ name, cells }) => `${name} — ${counted(cells, ['ячейка', 'ячейки', 'ячеек'])}`)
  return (
    <Note title={`С ${formatDateTime(changed.since, ctx.timeZone)}, когда вы открывали отчёт, его меняли другие`}>
      {words.join(', ')}. <a href={`/reports/${reportId}/changes?since=${changed.version}`}>Посмотреть изменения</a>
    </Note>
  )
}
