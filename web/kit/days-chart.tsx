import { formatDate } from './dates.ts'
import type { ShareKind } from './pictures.tsx'
import { formatNumber } from './text.ts'

export interface DaysChartProps {
  /** what it shows, for a screen reader; the figures stand in a table near by */
  label: string
  /** `YYYY-MM-DD`, one after another */
  days: readonly string[]
  /** from the ground up, a value for each day */
  layers: readonly { kind: ShareKind; text: string; values: readonly number[] }[]
  /** the height of the whole */
  whole: number
  /** a day to be marked, such as a term */
  mark?: { day: string; text: string }
}

const width = 600
const height = 160

/** How a whole is filled day by day: areas one upon another. Less than two days draw nothing. */
export function DaysChart({ label, days, layers, whole, mark }: DaysChartProps) {
  if (days.length < 2 || whole === 0) return null
  const xOf = (index: number) => ((index / (days.length - 1)) * width).toFixed(1)
  const yOf = (value: number) => (height - (value / whole) * height).toFixed(1)
  const base = days.map(() => 0)
  const marked = mark ? days.indexOf(mark.day) : -1
  return (
    <figure class="days-chart">
      <div class="days-chart-frame">
        <span class="quiet">{formatNumber(whole)}</span>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
          <line class="days-chart-line" x1="0" x2={width} y1={height / 2} y2={height / 2} />
          {layers.map(({ kind, text, values }) => {
            const from = base.map((value, index) => `${xOf(index)},${yOf(value)}`)
            values.forEach((value, index) => {
              base[index] = (base[index] ?? 0) + value
            })
            const to = base.map((value, index) => `${xOf(index)},${yOf(value)}`)
            return <polygon key={text} class={`f-${kind}`} points={[...from, ...to.reverse()].join(' ')} />
          })}
          {marked >= 0 ? <line class="days-chart-mark" x1={xOf(marked)} x2={xOf(marked)} y1="0" y2={height} /> : null}
        </svg>
      </div>
      <figcaption class="row row-end quiet">
        <span>{formatDate(days[0] ?? '')}</span>
        {mark && marked >= 0 ? <span>{mark.text}</span> : null}
        <span>{formatDate(days.at(-1) ?? '')}</span>
      </figcaption>
    </figure>
  )
}
