/** The production calendar: which days are worked and how long, and what is left until a deadline. */
export {
  dayIn,
  dueAfterWorkingDays,
  holdsFrom,
  isPreliminary,
  isWorkingDay,
  loadCalendar,
  workingDaysBetween,
  workingHoursBetween,
  workingHoursOf,
} from './calendar.ts'
export { regionZones, zoneOfRegion } from './zones.ts'
