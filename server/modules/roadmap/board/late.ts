/** Measures past their terms, with what is known of why. */
import {
  type LateFilter,
  type LateList,
  type LateMeasure,
  type LateQuery,
  lateOnPage,
} from '../../../../contracts/roadmap-board.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessBoard, type BoardPlace } from './board.access.ts'
import { countLate, type LatePlace, listLate } from './late.queries.ts'

export const viewLate = async (ctx: Context, roadmapId: string, query: LateQuery): Promise<LateList> =>
  lateOf(ctx.db, await accessBoard(ctx.db, ctx, roadmapId), query)

export const latePlaceOf = ({ roadmap, codes, today }: BoardPlace): LatePlace => ({
  roadmapId: roadmap.id,
  codes,
  today,
})

export async function lateOf(db: Db, place: BoardPlace, query: LateQuery): Promise<LateList> {
  const at = latePlaceOf(place)
  const [total, rows] = await Promise.all([
    countLate(db, at, query),
    listLate(db, at, query, { sort: query.sort, limit: lateOnPage, offset: (query.page - 1) * lateOnPage }),
  ])
  return { total, page: query.page, rows }
}

const atOnce = 500

/** All that are found, read piece by piece while they are written to a file. */
export async function* allLate(
  db: Db,
  place: BoardPlace,
  { sort, ...filter }: LateFilter & Pick<LateQuery, 'sort'>,
): AsyncGenerator<LateMeasure> {
  for (let offset = 0; ; offset += atOnce) {
    const rows = await listLate(db, latePlaceOf(place), filter, { sort, limit: atOnce, offset })
    yield* rows
    if (rows.length < atOnce) return
  }
}
