import { z } from 'zod'
import { LateQuery } from '../../../../contracts/roadmap-board.ts'
import { formatDate } from '../../../../web/kit/index.ts'
import { type PageContext, pages } from '../../../kernel/http/index.ts'
import { tableReply } from '../../../kernel/spreadsheets/index.ts'
import { listSections } from '../roadmaps/roadmaps.queries.ts'
import { accessBoard } from './board.access.ts'
import { listTemplate } from './board.queries.ts'
import { tableOf, widths } from './late.export.ts'
import { LatePage } from './late.page.tsx'
import { allLate, lateOf } from './late.ts'

const Export = LateQuery.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx').catch('xlsx') })

export const latePages = pages('/roadmaps')
  .get('/{id}/board/late', { needs: 'roadmap.coordinate', query: LateQuery }, (ctx, { id }, query) =>
    latePage(ctx, id, query),
  )
  .get(
    '/{id}/board/late/export',
    { needs: 'roadmap.coordinate', query: Export },
    async (ctx, { id }, { format, page: _page, ...filter }) => {
      const place = await accessBoard(ctx.db, ctx, id)
      return tableReply({
        format,
        name: `Просроченные мероприятия, ${formatDate(place.today)}`,
        sheet: 'Просрочено',
        widths,
        rows: tableOf(allLate(ctx.db, place, filter), ctx.timeZone),
      })
    },
  )

/** @param problem what kept a deed from being done */
export async function latePage(ctx: PageContext, id: string, query: LateQuery, problem?: string) {
  const place = await accessBoard(ctx.db, ctx, id)
  const [sections, template, list] = await Promise.all([
    listSections(ctx.db, id),
    listTemplate(ctx.db, id),
    lateOf(ctx.db, place, query),
  ])
  return (
    <LatePage
      ctx={ctx}
      place={place}
      sections={sections}
      template={template}
      list={list}
      query={query}
      problem={problem}
    />
  )
}
