import { workingHoursBetween } from '../../../kernel/calendar/index.ts'
import type { OpenRoadmap } from './snapshot.queries.ts'

/** Whole working hours left to the deadline by the production calendar, in the roadmap's time zone. */
export const hoursLeft = ({ deadline, timeZone }: Pick<OpenRoadmap, 'deadline' | 'timeZone'>, now = new Date()) =>
  Math.floor(workingHoursBetween(now, deadline, timeZone))
