import { Badge } from './badges.tsx'
import { formatDate } from './dates.ts'
import { Bar, type Drawn, em, type GanttBar, Legend, percent } from './gantt-bar.tsx'
import { type GanttScale, ganttScale } from './gantt-scale.ts'
import { tied } from './text.ts'

export interface GanttGroup {
  title: string
  bars: readonly GanttBar[]
}

export interface GanttProps {
  /** names the region that is scrolled */
  label: string
  groups: readonly GanttGroup[]
  /** `YYYY-MM-DD` */
  today: string
  deadline?: { day: string; text: string }
}

/** Lines of the picture are three of its em high: two lines of a title. */
const lineHeight = 3

type Row = { kind: 'group'; group: GanttGroup } | { kind: 'bar'; bar: GanttBar }

/**
 * A plan over time. The picture is drawn in shares of its width and in em, so it grows with the letters; it is for the
 * eye alone, its rows say the same in words. A narrow screen gets a list with a small bar to each row.
 */
export function Gantt({ label, groups, today, deadline }: GanttProps) {
  const bars = groups.flatMap((group) => group.bars)
  if (bars.length === 0) return null
  const rows = groups
    .filter((group) => group.bars.length > 0)
    .flatMap((group): Row[] => [{ kind: 'group', group }, ...group.bars.map((bar): Row => ({ kind: 'bar', bar }))])
  const scale = ganttScale([today, ...(deadline ? [deadline.day] : []), ...bars.flatMap(daysOf)])
  const drawn = { scale, today }
  return (
    <figure class="gantt">
      <Patterns />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls a wide picture only when its frame takes the focus */}
      <section class="gantt-box" aria-label={label} tabIndex={0}>
        <div class="gantt-corner" aria-hidden="true">
          Мероприятие
        </div>
        <Head scale={scale} today={today} deadline={deadline} />
        <ul class="gantt-names">
          {rows.map((row) =>
            row.kind === 'group' ? (
              <li key={row.group.title} class="gantt-group">
                <b>{tied(row.group.title)}</b>
              </li>
            ) : (
              <Name key={row.bar.id} bar={row.bar} drawn={drawn} />
            ),
          )}
        </ul>
        <svg class="gantt-chart" width="100%" height={em(rows.length * lineHeight)} aria-hidden="true">
          <Ground scale={scale} rows={rows} />
          {deadline ? <Upright class="gantt-deadline" at={scale.beginning(deadline.day)} /> : null}
          <Links rows={rows} scale={scale} />
          {rows.map((row, index) =>
            row.kind === 'group' ? (
              <Span key={row.group.title} group={row.group} scale={scale} middle={(index + 0.5) * lineHeight} />
            ) : (
              <a key={row.bar.id} href={row.bar.href} tabIndex={-1}>
                <title>{told(row.bar)}</title>
                <rect class="gantt-touch" y={em(index * lineHeight)} width="100%" height={em(lineHeight)} />
                <Bar bar={row.bar} drawn={drawn} middle={(index + 0.5) * lineHeight} />
              </a>
            ),
          )}
          <Upright class="gantt-today" at={scale.beginning(today)} />
        </svg>
      </section>
      <Legend states={new Set(bars.map(({ state }) => state))} today={today} deadline={deadline} />
    </figure>
  )
}

const daysOf = ({ startsOn, dueOn, doneOn }: GanttBar): string[] =>
  [startsOn, dueOn, doneOn].filter((day) => day !== null)

const termOf = ({ startsOn, dueOn }: GanttBar): string =>
  startsOn === null ? `до ${formatDate(dueOn)}` : `${formatDate(startsOn)} – ${formatDate(dueOn)}`

const told = (bar: GanttBar): string =>
  `${bar.number} ${bar.title}. ${bar.stateText}, ${termOf(bar)}${bar.state === 'going' || bar.state === 'overdue' ? `, ${bar.percent} %` : ''}`

/** What is seen at the left of the picture, and all there is on a phone. */
function Name({ bar, drawn }: { bar: GanttBar; drawn: Drawn }) {
  const { number, title, href, state, stateText, tone, percent: done, doneOn } = bar
  return (
    <li data-state={state}>
      <a href={href}>
        <span class="num">{number}</span> {tied(title)}
      </a>
      <span class="gantt-about">
        <Badge tone={tone} text={stateText} /> {termOf(bar)}
        {state === 'going' || state === 'overdue' ? `, ${done} %` : ''}
        {doneOn ? `, выполнено ${formatDate(doneOn)}` : ''}
      </span>
      <svg class="gantt-mini" width="100%" height="1.5em" aria-hidden="true">
        <rect class="gantt-ground" y=".7em" width="100%" height=".1em" />
        <Bar bar={bar} drawn={drawn} middle={0.75} />
        <Upright class="gantt-today" at={drawn.scale.beginning(drawn.today)} />
      </svg>
    </li>
  )
}

/** Years over months or quarters, the day of today and the deadline. */
function Head({ scale, today, deadline }: Drawn & Pick<GanttProps, 'deadline'>) {
  return (
    <svg class="gantt-head" width="100%" height="3.25em" aria-hidden="true">
      {scale.years.map(({ text, from, to }) => (
        <g key={text}>
          <line class="gantt-cut" x1={percent(from)} x2={percent(from)} y2="100%" />
          <text class="gantt-year" x={percent((from + to) / 2)} y="1.1em">
            {text}
          </text>
        </g>
      ))}
      {scale.parts.map(({ text, from, to }, index) => (
        <text key={index} class="gantt-part" x={percent((from + to) / 2)} y="2.7em">
          {text}
        </text>
      ))}
      <Flag class="gantt-today" at={scale.beginning(today)} />
      {deadline ? <Flag class="gantt-deadline" at={scale.beginning(deadline.day)} /> : null}
    </svg>
  )
}

const Flag = ({ class: kind, at }: { class: string; at: number }) => (
  <g class={kind}>
    <circle cx={percent(at)} cy="3.1em" r=".25em" />
  </g>
)

const Upright = ({ class: kind, at }: { class: string; at: number }) => (
  <line class={kind} x1={percent(at)} x2={percent(at)} y1="0" y2="100%" />
)

/** Stripes of the groups, lines between the units and between the rows. */
function Ground({ scale, rows }: { scale: GanttScale; rows: readonly Row[] }) {
  return (
    <g>
      {rows.map(({ kind }, index) =>
        kind === 'group' ? (
          <rect key={index} class="gantt-stripe" y={em(index * lineHeight)} width="100%" height={em(lineHeight)} />
        ) : (
          <line
            key={index}
            class="gantt-cut"
            x2="100%"
            y1={em((index + 1) * lineHeight)}
            y2={em((index + 1) * lineHeight)}
          />
        ),
      )}
      {scale.parts.map(({ from }, index) => (
        <line key={index} class="gantt-cut" x1={percent(from)} x2={percent(from)} y2="100%" />
      ))}
      {scale.years.map(({ text, from }) => (
        <line key={text} class="gantt-cut gantt-cut-year" x1={percent(from)} x2={percent(from)} y2="100%" />
      ))}
    </g>
  )
}

/** From the first beginning in a group to its last term. */
function Span({ group, scale, middle }: { group: GanttGroup; scale: GanttScale; middle: number }) {
  const from = Math.min(...group.bars.map(({ startsOn, dueOn }) => scale.beginning(startsOn ?? dueOn)))
  const to = Math.max(...group.bars.map(({ dueOn }) => scale.end(dueOn)))
  return (
    <g class="gantt-span">
      <line x1={percent(from)} x2={percent(to)} y1={em(middle)} y2={em(middle)} />
      {[from, to].map((at) => (
        <line key={at} x1={percent(at)} x2={percent(at)} y1={em(middle)} y2={em(middle + 0.45)} />
      ))}
    </g>
  )
}

/** From the end of what comes first to the beginning of what waits for it. */
function Links({ rows, scale }: { rows: readonly Row[]; scale: GanttScale }) {
  const places = new Map(
    rows.flatMap((row, index) => (row.kind === 'bar' ? [[row.bar.id, { row, index }] as const] : [])),
  )
  return (
    <g class="gantt-links">
      {[...places.values()].flatMap(({ row, index }) =>
        row.bar.after.flatMap((id) => {
          const before = places.get(id)
          if (!before) return []
          const from = { x: scale.end(before.row.bar.dueOn), y: (before.index + 0.5) * lineHeight }
          const to = { x: scale.beginning(row.bar.startsOn ?? row.bar.dueOn), y: (index + 0.5) * lineHeight }
          return [<Arrow key={`${id} ${row.bar.id}`} from={from} to={to} />]
        }),
      )}
    </g>
  )
}

type Place = { x: number; y: number }
const elbow = 0.7

/** Out to the right, along between the rows, in from the left: it never crosses the titles of the bars. */
function Arrow({ from, to }: { from: Place; to: Place }) {
  const out = from.x + elbow
  const into = to.x - elbow
  const between = from.y + (to.y > from.y ? lineHeight / 2 : -lineHeight / 2)
  const corners: Place[] =
    into >= out
      ? [from, { x: out, y: from.y }, { x: out, y: to.y }, to]
      : [from, { x: out, y: from.y }, { x: out, y: between }, { x: into, y: between }, { x: into, y: to.y }, to]
  return (
    <g>
      {corners.slice(1).map((corner, index) => {
        const start = corners[index] ?? corner
        return (
          <line
            key={index}
            x1={percent(start.x)}
            y1={em(start.y)}
            x2={percent(corner.x)}
            y2={em(corner.y)}
            marker-end={index === corners.length - 2 ? 'url(#gantt-head)' : undefined}
          />
        )
      })}
    </g>
  )
}

/** What the pictures of a page share: hatching and the head of an arrow. */
const Patterns = () => (
  <svg class="gantt-patterns" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="gantt-late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="gantt-hatch-ground" width="6" height="6" />
        <rect class="gantt-hatch" width="2.5" height="6" />
      </pattern>
      <marker id="gantt-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path class="gantt-arrow" d="M0 0 8 4 0 8z" />
      </marker>
    </defs>
  </svg>
)
