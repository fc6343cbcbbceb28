/** Terms of measures are recalled to those who report of them: one message a day with all that a person answers for. */
import { counted, formatDate, formatDue } from '../../../../../web/kit/index.ts'
import { dayIn, isWorkingDay, zoneOfRegion } from '../../../../kernel/calendar/index.ts'
import { type Db, type Tx, transaction } from '../../../../kernel/db/index.ts'
import { type Told, tell } from '../../../messages/index.ts'
import { listAnswering, sharedOut } from '../../board/reminders/answering.queries.ts'
import { type DueMeasure, listRemindedRegions, takeDueMeasures } from './terms.queries.ts'

/** Regions with a time of their own keep it; the others keep that of the capital. */
const usualZone = 'Europe/Moscow'
const workingHours = { from: 9, until: 18 }
const hour = 3_600_000
let nextLook = 0

/**
 * A regular look: any number of nodes may look at once. A day comes and working hours begin at full hours, so that the
 * next look is worth it in the next hour.
 */
export async function remindOfMeasures(db: Db, at?: Date): Promise<void> {
  if (at === undefined && Date.now() < nextLook) return
  const now = at ?? new Date()
  const zones = Map.groupBy(await listRemindedRegions(db), (region) => zoneOfRegion(region, usualZone))
  for (const [zone, regions] of zones)
    if (isWorkedIn(zone, now)) await transaction({ db }, (tx) => tellOfTerms(tx, regions, zone, now))
  nextLook = (Math.floor(Date.now() / hour) + 1) * hour
}

function isWorkedIn(zone: string, at: Date): boolean {
  const local = Number(at.toLocaleString('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }))
  return isWorkingDay(dayIn(at, zone)) && local >= workingHours.from && local < workingHours.until
}

async function tellOfTerms(tx: Tx, regions: readonly string[], zone: string, at: Date): Promise<void> {
  const today = dayIn(at, zone)
  const due = await takeDueMeasures(tx, { regions, zone, today, at })
  if (due.length === 0) return
  const asked = due.map((measure) => ({ ...measure, part: `section:${measure.sectionId}` }))
  const answering = await listAnswering(tx, [...new Set(due.map(({ region }) => region))], 'plan.report')
  for (const { accountId, asked: own } of sharedOut(answering, asked))
    await tell(tx, { ...termsRecalled(own, today), accountId, uniqueKey: `measure-terms:${zone}:${today}` })
}

const mostNamed = 20
const forms = ['мероприятие', 'мероприятия', 'мероприятий'] as const

/** @param today `YYYY-MM-DD` */
export function termsRecalled(measures: readonly DueMeasure[], today: string): Told {
  const late = measures.filter(({ dueOn }) => dueOn < today)
  const coming = measures.filter(({ dueOn }) => dueOn >= today)
  const severalRegions = new Set(measures.map(({ region }) => region)).size > 1
  const line = ({ number, title, dueOn, regionName }: DueMeasure) =>
    `${number}. ${title}${severalRegions ? ` (${regionName})` : ''}: срок ${formatDate(dueOn)}, ${formatDue(dueOn, middayOf(today), 'UTC')}.`
  const named = [...late, ...coming].slice(0, mostNamed).map(line)
  const [only] = measures
  const rest = measures.length - named.length
  return {
    kind: 'measure.reminder',
    title: titleOf(late.length, coming.length),
    body: [
      'Сообщите о ходе мероприятий, когда будет что сказать: выполненное подтвердите документами.',
      ...named,
      ...(rest > 0 ? [`И ещё ${counted(rest, forms)}: весь список на странице плана.`] : []),
    ].join('\n\n'),
    href: measures.length === 1 && only ? `/measures/${only.id}` : planOf(measures),
    action: measures.length === 1 ? 'Открыть мероприятие' : 'Открыть план мероприятий',
  }
}

const middayOf = (day: string): Date => new Date(`${day}T12:00:00Z`)

function titleOf(late: number, coming: number): string {
  if (late === 0) return `Скоро срок: ${counted(coming, forms)}`
  if (coming === 0) return `Просрочено: ${counted(late, forms)}`
  return `Просрочено ${counted(late, forms)}, скоро срок ещё ${coming}`
}

/** Of one region its plan; of several the list of roadmaps, from which each is a step away. */
function planOf(measures: readonly DueMeasure[]): string {
  const [first] = measures
  const same = measures.every(({ region, roadmapId }) => region === first?.region && roadmapId === first.roadmapId)
  return first && same
    ? `/roadmaps/${first.roadmapId}/plan?${new URLSearchParams({ region: first.region })}`
    : '/roadmaps'
}
