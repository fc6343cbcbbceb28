import { formatDate } from './dates.ts'
import type { GanttScale } from './gantt-scale.ts'
import type { Children, Tone } from './types.ts'

export type GanttState = 'planned' | 'going' | 'overdue' | 'done' | 'done-late' | 'cancelled'

export interface GanttBar {
  id: string
  number: string
  title: string
  href: string
  /** `YYYY-MM-DD`; null: only the term is known, and it is drawn as a mark */
  startsOn: string | null
  dueOn: string
  doneOn: string | null
  percent: number
  state: GanttState
  /** the word of the state */
  stateText: string
  tone?: Tone
  /** ids of bars that must be done before it */
  after: readonly string[]
}

export type Drawn = { scale: GanttScale; today: string }

const barHeight = 1.1
export const em = (value: number): string => `${Math.round(value * 100) / 100}em`
export const percent = (value: number): string => `${value}%`

/** Its outline is the plan, its filling what is done; hatched is what is late. A shape stands at its end besides. */
export function Bar({ bar, drawn, middle }: { bar: GanttBar; drawn: Drawn; middle: number }) {
  const { scale, today } = drawn
  const { startsOn, dueOn, doneOn, state } = bar
  const to = scale.end(dueOn)
  const from = startsOn === null ? to : scale.beginning(startsOn)
  const filled = state === 'done' || state === 'done-late' ? 100 : state === 'cancelled' ? 0 : bar.percent
  const lateUntil =
    state === 'overdue' ? scale.beginning(today) : state === 'done-late' ? scale.end(doneOn ?? dueOn) : to
  const box = { y: em(middle - barHeight / 2), height: em(barHeight), rx: '.2em' }
  return (
    <g class={`gantt-bar gantt-${state}`}>
      {lateUntil > to ? (
        <rect class="gantt-late" x={percent(to)} width={percent(lateUntil - to)} {...box} rx="0" />
      ) : null}
      {startsOn === null ? (
        <Mark at={to} middle={middle}>
          <path class="gantt-whole" d="M0 2 6 8 0 14-6 8z" />
        </Mark>
      ) : (
        <>
          <rect class="gantt-whole" x={percent(from)} width={percent(to - from)} {...box} />
          {filled > 0 ? (
            <rect class="gantt-part-done" x={percent(from)} width={percent(((to - from) * filled) / 100)} {...box} />
          ) : null}
        </>
      )}
      {signs[state] ? (
        <Mark at={Math.max(to, lateUntil)} middle={middle}>
          <path class="gantt-sign" d={signs[state]} />
        </Mark>
      ) : null}
    </g>
  )
}

/** What stands at the end of a bar, sixteen units high. */
const signs: Record<GanttState, string | undefined> = {
  planned: undefined,
  going: undefined,
  overdue: 'M8 2.5v7M8 13v.1',
  done: 'M5 8.5l3 3 5.5-6.5',
  'done-late': 'M5 8.5l3 3 5.5-6.5',
  cancelled: 'M5 4.5l7 7M12 4.5l-7 7',
}

/** A drawing of sixteen units to an em whose zero stands at a place of the picture. */
const Mark = ({ at, middle, children }: { at: number; middle: number; children: Children }) => (
  <svg
    class="gantt-mark"
    x={percent(at)}
    y={em(middle - 0.5)}
    width="1em"
    height="1em"
    viewBox="0 0 16 16"
    aria-hidden="true"
  >
    {children}
  </svg>
)

const legendWords: readonly (readonly [GanttState, string])[] = [
  ['planned', 'предстоит'],
  ['going', 'выполняется, залито сделанное'],
  ['overdue', 'просрочено, штриховкой — опоздание'],
  ['done', 'выполнено'],
  ['done-late', 'выполнено с опозданием'],
  ['cancelled', 'отменено'],
]

/** Only of what is there to be seen. */
export function Legend({
  states,
  today,
  deadline,
}: {
  states: ReadonlySet<GanttState>
  today: string
  deadline?: { day: string; text: string } | undefined
}) {
  return (
    <figcaption>
      <ul class="legend" aria-label="Условные обозначения">
        {legendWords
          .filter(([state]) => states.has(state))
          .map(([state, words]) => (
            <li key={state}>
              <svg class="gantt-key" viewBox="0 0 44 16" aria-hidden="true">
                <g class={`gantt-bar gantt-${state}`}>
                  {state === 'overdue' || state === 'done-late' ? (
                    <rect class="gantt-late" x="16" y="2" width="12" height="12" />
                  ) : null}
                  <rect
                    class="gantt-whole"
                    x="1"
                    y="2"
                    width={state === 'overdue' || state === 'done-late' ? 15 : 27}
                    height="12"
                    rx="2"
                  />
                  {keyFilled[state] > 0 ? (
                    <rect class="gantt-part-done" x="1" y="2" width={keyFilled[state]} height="12" rx="2" />
                  ) : null}
                </g>
                {signs[state] ? (
                  <path class={`gantt-bar gantt-${state} gantt-sign`} transform="translate(28)" d={signs[state]} />
                ) : null}
              </svg>
              {words}
            </li>
          ))}
        <li>
          <svg class="gantt-key gantt-key-line" viewBox="0 0 8 16" aria-hidden="true">
            <line class="gantt-today" x1="4" x2="4" y2="16" />
          </svg>
          сегодня, {formatDate(today)}
        </li>
        {deadline ? (
          <li>
            <svg class="gantt-key gantt-key-line" viewBox="0 0 8 16" aria-hidden="true">
              <line class="gantt-deadline" x1="4" x2="4" y2="16" />
            </svg>
            {deadline.text}
          </li>
        ) : null}
      </ul>
    </figcaption>
  )
}

const keyFilled: Record<GanttState, number> = {
  planned: 0,
  going: 12,
  overdue: 6,
  done: 27,
  'done-late': 15,
  cancelled: 0,
}
