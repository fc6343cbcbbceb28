/** A coordinator reminds of what is late: once a day of a measure, whoever asks; one message a person. */
import type { ReminderAsked, ReminderOutcome } from '../../../../../contracts/roadmap-board.ts'
import type { Permission } from '../../../../kernel/access/index.ts'
import { dayIn } from '../../../../kernel/calendar/index.ts'
import { type Db, type Tx, transaction } from '../../../../kernel/db/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { journal } from '../../../../kernel/journal/index.ts'
import { type EventHandlers, publish } from '../../../../kernel/outbox/index.ts'
import { tell } from '../../../messages/index.ts'
import { accessBoard, type BoardPlace } from '../board.access.ts'
import { latePlaceOf } from '../late.ts'
import { type Asked, listAnswering, sharedOut, unanswered } from './answering.queries.ts'
import { listMissing, listRemindedFigures, markFigures } from './figures.queries.ts'
import { figuresReminder, lateReminder } from './reminders.letters.ts'
import {
  deleteNudge,
  insertNudge,
  listReminded,
  listToRemind,
  markMeasures,
  type Narrowing,
  takeNudge,
} from './reminders.queries.ts'

declare module '../../../../kernel/outbox/outbox.ts' {
  interface Events {
    'roadmap.reminded': { nudgeId: string }
  }
}

type Region = { code: string; name: string }

export type RegionToRemind = Region & { late: number; missing: number; operators: string[] }

/** Regions that anything can be reminded of, those with the most of it first, and who would be told there. */
export async function viewRegionsToRemind(db: Db, place: BoardPlace): Promise<RegionToRemind[]> {
  const [late, missing, answering] = await Promise.all([
    listToRemind(db, latePlaceOf(place), {}),
    listMissing(db, place, undefined),
    listAnswering(db, place.codes, permissionFor.late),
  ])
  const countIn = (found: readonly Asked[], code: string) => found.filter(({ region }) => region === code).length
  return place.regions
    .map(({ code, name }) => ({
      code,
      name,
      late: countIn(late, code),
      missing: countIn(missing, code),
      operators: answering.filter(({ region, helper }) => region === code && !helper).map(({ fullName }) => fullName),
    }))
    .filter((region) => region.late + region.missing > 0)
    .sort(
      (one, other) => other.late + other.missing - one.late - one.missing || one.name.localeCompare(other.name, 'ru'),
    )
}

/** Who would get a reminder and of how many things, before it is sent. */
export type ReminderPreview = {
  /** How many will be reminded of, and how many were today and will not be again. */
  asked: number
  repeated: number
  people: { accountId: string; fullName: string; helper: boolean; regions: string[]; count: number }[]
  withoutOperator: Region[]
}

/** What is reminded of: measures past their term, or figures of the ended period that are not entered. */
export type About = 'late' | 'figures'

export async function previewReminder(
  db: Db,
  place: BoardPlace,
  about: About,
  narrowing: Narrowing,
): Promise<ReminderPreview> {
  const found =
    about === 'late'
      ? await listToRemind(db, latePlaceOf(place), narrowing)
      : await listMissing(db, place, narrowing.regions)
  const untold = found.filter(({ remindedToday }) => !remindedToday)
  const answering = await answeringFor(db, untold, permissionFor[about])
  const nobody = unanswered(answering, untold)
  const asked = untold.filter(({ region }) => !nobody.includes(region))
  const nameOf = new Map(place.regions.map(({ code, name }) => [code, name]))
  return {
    asked: asked.length,
    repeated: found.length - untold.length,
    people: sharedOut(answering, asked).map(({ asked: own, ...person }) => ({
      ...person,
      regions: [...new Set(own.map(({ region }) => nameOf.get(region) ?? region))],
      count: own.length,
    })),
    withoutOperator: regionsOf(place, nobody),
  }
}

const permissionFor: Record<About, Permission> = { late: 'plan.report', figures: 'indicator.enter' }

const answeringFor = (db: Db, asked: readonly Asked[], permission: Permission) =>
  listAnswering(db, [...new Set(asked.map(({ region }) => region))], permission)

const regionsOf = ({ regions }: BoardPlace, codes: readonly string[]): Region[] =>
  regions.filter(({ code }) => codes.includes(code))

/**
 * Reminds of the chosen measures that are late; of two who remind at once, the second has nothing left to remind of.
 * What nobody answers for is not marked as reminded of.
 * @throws NotFound 404, Forbidden 403
 */
export async function remind(
  ctx: Context,
  roadmapId: string,
  { words, ...narrowing }: Narrowing & Pick<ReminderAsked, 'words'>,
): Promise<ReminderOutcome> {
  return transaction(ctx, async (tx) => {
    const place = await accessBoard(tx, ctx, roadmapId)
    const found = await listToRemind(tx, latePlaceOf(place), narrowing)
    const answering = await answeringFor(tx, found, permissionFor.late)
    const withoutOperator = unanswered(answering, found)
    const nudgeId = await insertNudge(tx, { roadmapId, by: ctx.account.id, words: words || null })
    const ids = found.filter(({ region }) => !withoutOperator.includes(region)).map(({ id }) => id)
    const marked = new Set(await markMeasures(tx, nudgeId, { ids, today: place.today }))
    const people = sharedOut(
      answering,
      found.filter(({ id }) => marked.has(id)),
    )
    if (people.length === 0) await deleteNudge(tx, nudgeId)
    else {
      journal(tx, ctx, 'roadmap.reminded', { kind: 'roadmap', id: roadmapId }, { measures: marked.size })
      await publish(tx, 'roadmap.reminded', { nudgeId })
    }
    return { reminded: marked.size, people: people.length, withoutOperator: regionsOf(place, withoutOperator) }
  })
}

/** As `remind`, of figures that regions have not entered. @throws NotFound 404, Forbidden 403 */
export async function remindOfFigures(
  ctx: Context,
  roadmapId: string,
  { words, regions }: Pick<Narrowing, 'regions'> & Pick<ReminderAsked, 'words'>,
): Promise<ReminderOutcome> {
  return transaction(ctx, async (tx) => {
    const place = await accessBoard(tx, ctx, roadmapId)
    const found = await listMissing(tx, place, regions)
    const answering = await answeringFor(tx, found, permissionFor.figures)
    const withoutOperator = unanswered(answering, found)
    const nudgeId = await insertNudge(tx, { roadmapId, by: ctx.account.id, words: words || null })
    const figures = found.filter(({ region }) => !withoutOperator.includes(region))
    const marked = await markFigures(tx, nudgeId, { figures, today: place.today })
    const people = sharedOut(answering, marked)
    if (people.length === 0) await deleteNudge(tx, nudgeId)
    else {
      journal(tx, ctx, 'roadmap.reminded', { kind: 'roadmap', id: roadmapId }, { figures: marked.length })
      await publish(tx, 'roadmap.reminded', { nudgeId })
    }
    return { reminded: marked.length, people: people.length, withoutOperator: regionsOf(place, withoutOperator) }
  })
}

/** Whoever reminds by hand expects it to go out now, not with a regular look. */
async function sendReminder(tx: Tx, nudgeId: string): Promise<void> {
  const nudge = await takeNudge(tx, nudgeId)
  if (!nudge) return
  const measures = await listReminded(tx, nudgeId, dayIn(new Date(), nudge.timeZone))
  const uniqueKey = `roadmap-nudge:${nudgeId}`
  for (const { accountId, asked } of sharedOut(await answeringFor(tx, measures, permissionFor.late), measures))
    await tell(tx, { ...lateReminder(nudge, asked), accountId, uniqueKey })
  const figures = await listRemindedFigures(tx, nudgeId)
  for (const { accountId, asked } of sharedOut(await answeringFor(tx, figures, permissionFor.figures), figures))
    await tell(tx, { ...figuresReminder(nudge, asked), accountId, uniqueKey })
}

export const reminderHandlers: EventHandlers = {
  'roadmap.reminded': (tx, { nudgeId }) => sendReminder(tx, nudgeId),
}
