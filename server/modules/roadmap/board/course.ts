/** How the plan is carried out month by month: what was to be done by then, what was, what was late. */
import type { Course, CourseQuery } from '../../../../contracts/roadmap-board.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessBoard, type BoardPlace } from './board.access.ts'
import { listStates } from './board.queries.ts'
import { countsOf } from './board.ts'
import { listMonths } from './course.queries.ts'
import { latePlaceOf } from './late.ts'
import { growing, monthOf, monthsBetween } from './months.ts'

export const viewCourse = async (ctx: Context, roadmapId: string, query: CourseQuery): Promise<Course> =>
  courseOf(ctx.db, await accessBoard(ctx.db, ctx, roadmapId), query)

export async function courseOf(db: Db, place: BoardPlace, { section }: CourseQuery): Promise<Course> {
  const at = latePlaceOf(place)
  const [rows, states] = await Promise.all([listMonths(db, at, section), listStates(db, at)])
  const total = countsOf(
    states.filter(({ sectionId }) => section === undefined || sectionId === section).map(({ state }) => state),
  )
  const known = rows.map(({ month }) => month).sort()
  const [first = monthOf(place.today)] = known
  const months = monthsBetween(first, known.at(-1) ?? first)
  const due = growing(months, rows, (row) => row.due)
  const done = growing(months, rows, (row) => row.done)
  const settled = growing(months, rows, (row) => row.settled)
  const now = monthOf(place.today)
  return {
    today: place.today,
    total,
    months: months.map((month, index) => ({
      month,
      due: due[index] ?? 0,
      done: month > now ? null : (done[index] ?? 0),
      late: month > now ? null : month === now ? total.late : (due[index] ?? 0) - (settled[index] ?? 0),
    })),
  }
}
