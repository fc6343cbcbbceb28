import { tied } from './text.ts'

/** Charts drawn by the server as SVG. Each stands beside a table of the same figures, so nothing is known by sight alone. */

export interface Bar {
  name: string
  /** canonical decimal; what cannot be drawn is shorter than nothing */
  value: string | null
  text: string
}

export interface BarChartProps {
  /** what a screen reader calls the picture */
  label: string
  bars: readonly Bar[]
}

/** Lying bars with their names above them: long names of institutions fit, on a phone too. */
export function BarChart({ label, bars }: BarChartProps) {
  const most = Math.max(1e-9, ...bars.map(({ value }) => Math.abs(Number(value ?? 0))))
  return (
    <ul class="chart-bars" aria-label={label}>
      {bars.map(({ name, value, text }, index) => (
        <li key={index}>
          <span>{tied(name)}</span>
          <span class="num">{text}</span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="chart-track" width="100" height="4" />
            <rect
              class={value?.startsWith('-') ? 'chart-less' : 'chart-bar'}
              width={((Math.abs(Number(value ?? 0)) / most) * 100).toFixed(2)}
              height="4"
            />
          </svg>
        </li>
      ))}
    </ul>
  )
}

export interface Line {
  name: string
  /** one for each point of the axis; `null` leaves a gap */
  values: readonly (string | null)[]
}

export interface LineChartProps {
  label: string
  /** names of the points: periods */
  points: readonly string[]
  lines: readonly Line[]
}

const [width, height, edge] = [600, 220, 24]

/** Lines over periods, each with a mark of its own shape; the names stand under the picture. */
export function LineChart({ label, points, lines }: LineChartProps) {
  const numbers = lines.flatMap(({ values }) => values.flatMap((value) => (value === null ? [] : [Number(value)])))
  const low = Math.min(0, ...numbers)
  const span = Math.max(1e-9, Math.max(0, ...numbers) - low)
  const x = (index: number) => edge + (index * (width - 2 * edge)) / Math.max(1, points.length - 1)
  const y = (value: number) => height - edge - ((value - low) / span) * (height - 2 * edge)
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <line class="chart-axis" x1={edge} x2={width - edge} y1={y(0)} y2={y(0)} />
        {lines.map(({ values }, line) => (
          <g key={line} class={`chart-line chart-line-${(line % 4) + 1}`}>
            <polyline
              points={values
                .flatMap((value, index) =>
                  value === null ? [] : [`${x(index).toFixed(1)},${y(Number(value)).toFixed(1)}`],
                )
                .join(' ')}
            />
            {values.map((value, index) =>
              value === null ? null : (
                <circle key={index} cx={x(index).toFixed(1)} cy={y(Number(value)).toFixed(1)} r="4" />
              ),
            )}
          </g>
        ))}
        {points.map((point, index) => (
          <text
            key={index}
            class="chart-word"
            x={x(index)}
            y={height - 4}
            text-anchor={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
          >
            {point}
          </text>
        ))}
      </svg>
      <figcaption>
        <ul class="legend">
          {lines.map(({ name }, line) => (
            <li key={line}>
              <svg class={`chart-line chart-line-${(line % 4) + 1}`} viewBox="0 0 14 14" aria-hidden="true">
                <line x1="0" x2="14" y1="7" y2="7" />
              </svg>
              {tied(name)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
