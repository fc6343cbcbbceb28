import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { tell } from '../../messages/index.ts'
import { listAnswering, sharedOut } from '../board/reminders/answering.queries.ts'
import { listRoadmapRegions } from '../roadmaps/roadmaps.queries.ts'
import { figuresReturned } from './figures.letters.ts'
import { listIndicators } from './indicators.queries.ts'

/** Each of those who enter figures of the region hears of what was returned of its own, in one message. */
export const figureHandlers: EventHandlers = {
  'figures.returned': async (tx, { roadmapId, region, period, periodicity, indicatorIds, reason }, eventId) => {
    const indicators = await listIndicators(tx, roadmapId)
    const regions = await listRoadmapRegions(tx, roadmapId)
    const place = regions.find(({ code }) => code === region)
    if (!place) return
    const returned = indicators
      .filter(({ id }) => indicatorIds.includes(id))
      .map(({ id, title }) => ({ region, part: `indicator:${id}`, title }))
    for (const { accountId, asked } of sharedOut(await listAnswering(tx, [region], 'indicator.enter'), returned)) {
      const told = {
        roadmapId,
        region,
        regionName: place.name,
        periodicity,
        period,
        titles: asked.map(({ title }) => title),
        reason,
      }
      await tell(tx, { ...figuresReturned(told), accountId, uniqueKey: eventId })
    }
  },
}
