import { z } from 'zod'
import { RoadmapBoardQuery } from '../../../../contracts/roadmap-board.ts'
import { RegionCode } from '../../../../contracts/roadmaps.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { accessBoard } from './board.access.ts'
import { BoardPage } from './board.page.tsx'
import { listIndicatorTitles } from './board.queries.ts'
import { boardOf, findMeasureOfCell } from './board.ts'

const Ending = z.string().regex(/^[0-9a-f]{8}$/)

export const heatMapPages = pages('/roadmaps')
  .get('/{id}/board', { needs: 'roadmap.coordinate', query: RoadmapBoardQuery }, async (ctx, { id }, query) => {
    const place = await accessBoard(ctx.db, ctx, id)
    const [board, indicators] = await Promise.all([boardOf(ctx, place, query), listIndicatorTitles(ctx.db, id)])
    return <BoardPage ctx={ctx} roadmap={place.roadmap} board={board} query={query} indicators={indicators} />
  })
  .get(
    '/{id}/board/cells/{region}/{ending}',
    { needs: 'roadmap.coordinate', params: { region: RegionCode, ending: Ending } },
    async (ctx, { id, region, ending }) =>
      seeOther(`/measures/${await findMeasureOfCell(ctx, id, { region, ending })}`),
  )
