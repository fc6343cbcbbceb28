import { ComparisonQuery, CourseQuery, comparedRegions } from '../../../../contracts/roadmap-board.ts'
import { pages } from '../../../kernel/http/index.ts'
import { listSections } from '../roadmaps/roadmaps.queries.ts'
import { accessBoard } from './board.access.ts'
import { ComparisonPage } from './comparison.page.tsx'
import { comparisonOf } from './comparison.ts'
import { CoursePage } from './course.page.tsx'
import { courseOf } from './course.ts'

export const coursePages = pages('/roadmaps')
  .get('/{id}/board/course', { needs: 'roadmap.coordinate', query: CourseQuery }, async (ctx, { id }, query) => {
    const place = await accessBoard(ctx.db, ctx, id)
    const [sections, course] = await Promise.all([listSections(ctx.db, id), courseOf(ctx.db, place, query)])
    return <CoursePage ctx={ctx} place={place} sections={sections} course={course} query={query} />
  })
  .get(
    '/{id}/board/comparison',
    { needs: 'roadmap.coordinate', query: ComparisonQuery },
    async (ctx, { id }, query) => {
      const regions = comparedRegions(query)
      const place = await accessBoard(ctx.db, ctx, id)
      const comparison = await comparisonOf(ctx.db, place, regions)
      return <ComparisonPage ctx={ctx} place={place} codes={regions} comparison={comparison} />
    },
  )
