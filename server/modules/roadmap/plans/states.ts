/** The state of a measure follows from its dates and facts; nobody types it. */
import type { MeasureState } from '../../../../contracts/roadmaps.ts'
import type { Tone } from '../../../../web/kit/types.ts'

/** Days are `YYYY-MM-DD` of the roadmap's time zone. */
export type MeasureFacts = {
  startsOn: string | null
  dueOn: string
  doneOn: string | null
  cancelled: boolean
  /** Whether anything was reported of it yet. */
  reported: boolean
}

/** @param today `YYYY-MM-DD` in the roadmap's time zone: a measure is overdue from the day after its term */
export function stateOf({ startsOn, dueOn, doneOn, cancelled, reported }: MeasureFacts, today: string): MeasureState {
  if (cancelled) return 'cancelled'
  if (doneOn !== null) return doneOn <= dueOn ? 'done' : 'done-late'
  if (today > dueOn) return 'overdue'
  return reported || (startsOn !== null && startsOn <= today) ? 'going' : 'planned'
}

export const measureStateNames: Record<MeasureState, string> = {
  planned: 'Предстоит',
  going: 'Выполняется',
  overdue: 'Просрочено',
  done: 'Выполнено',
  'done-late': 'Выполнено с опозданием',
  cancelled: 'Отменено',
}

export const measureTones: Record<MeasureState, Tone | undefined> = {
  planned: undefined,
  going: 'wait',
  overdue: 'bad',
  done: 'ok',
  'done-late': 'ok',
  cancelled: undefined,
}
