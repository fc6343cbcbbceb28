import { z } from 'zod'
import { RoadmapBoardQuery } from '../../../../contracts/roadmap-board.ts'
import { formatDate } from '../../../../web/kit/index.ts'
import { pages } from '../../../kernel/http/index.ts'
import { fileReply } from '../../../kernel/spreadsheets/index.ts'
import { accessBoard } from './board.access.ts'
import { boardOf } from './board.ts'
import { listPublished } from './comparison.queries.ts'
import { listLate } from './late.queries.ts'
import { latePlaceOf } from './late.ts'
import { drawMeeting } from './meeting.ts'

const mostLate = 40
const Query = z.object({ indicator: z.uuid().optional().catch(undefined) })

export const meetingPages = pages('/roadmaps').get(
  '/{id}/board/export',
  { needs: 'roadmap.coordinate', query: Query },
  async (ctx, { id }, query) => {
    const place = await accessBoard(ctx.db, ctx, id)
    const at = latePlaceOf(place)
    const [board, late, published] = await Promise.all([
      boardOf(ctx, place, RoadmapBoardQuery.parse({ sort: '-done' })),
      listLate(ctx.db, at, {}, { sort: 'due', limit: mostLate, offset: 0 }),
      query.indicator ? listPublished(ctx.db, at) : [],
    ])
    const indicator = published.find((each) => each.id === query.indicator)
    const { roadmap, today } = place
    return fileReply(drawMeeting({ roadmap, board, late, indicator, timeZone: ctx.timeZone }), {
      name: `Сводка ${formatDate(today)}.pdf`,
      mediaType: 'application/pdf',
    })
  },
)
