import type { Endpoint } from '../../../kernel/http/index.ts'
import { heatMapPages } from './board.pages.tsx'
import { coursePages } from './course.pages.tsx'
import { latePages } from './late.pages.tsx'
import { meetingPages } from './meeting.pages.ts'
import { remindersPages } from './reminders/reminders.pages.tsx'

export const boardPages = [heatMapPages, latePages, remindersPages, coursePages, meetingPages].flatMap(
  ({ endpoints }): Endpoint[] => endpoints,
)
