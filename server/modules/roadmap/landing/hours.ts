import { remembered } from '../../../../web/kit/remembered.ts'
import { workingHoursBetween } from '../../../kernel/calendar/index.ts'
import type { OpenRoadmap } from './snapshot.queries.ts'

const minute = 60_000
/** Asked at every visit, and the same for a minute. */
const counted = remembered(100, (key: string): number => {
  const [now, deadline, timeZone = ''] = key.split(' ')
  return Math.floor(workingHoursBetween(new Date(Number(now)), new Date(Number(deadline)), timeZone))
})

/** Whole working hours left to the deadline by the production calendar, in the roadmap's time zone. */
export const hoursLeft = ({ deadline, timeZone }: Pick<OpenRoadmap, 'deadline' | 'timeZone'>, now = Date.now()) =>
  counted(`${Math.floor(now / minute) * minute} ${deadline.getTime()} ${timeZone}`)
