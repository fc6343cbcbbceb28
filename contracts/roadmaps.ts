/** A roadmap on the wire: what it is for, its deadline, its regions and sections; the states of its measures. */
import { z } from 'zod'

const Id = z.uuid()

/**
 * Follows from dates and facts, never typed: done in time or late, cancelled, overdue past its term, begun when its
 * first day has come or something was reported, else to come.
 */
export const measureStates = ['planned', 'going', 'overdue', 'done', 'done-late', 'cancelled'] as const
export type MeasureState = (typeof measureStates)[number]

export const RegionCode = z.string().trim().min(1).max(20)

export const RoadmapSummary = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  deadline: z.iso.datetime(),
  timeZone: z.string(),
  published: z.boolean(),
})
export type RoadmapSummary = z.output<typeof RoadmapSummary>
export const RoadmapList = z.object({ roadmaps: z.array(RoadmapSummary) })
