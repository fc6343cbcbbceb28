import { formatNumber, tied } from './text.ts'

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
  /** at most six: more cannot be told apart by their dashes */
  lines: readonly Line[]
}

const [width, height, edge] = [600, 200, 12]

/** Lines over periods, each with dashes of its own. Words stand around the picture, so that a phone does not shrink them. */
export function LineChart({ label, points, lines }: LineChartProps) {
  const numbers = lines.flatMap(({ values }) => values.flatMap((value) => (value === null ? [] : [Number(value)])))
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)]
  const span = Math.max(1e-9, high - low)
  const x = (index: number) =>
    points.length < 2 ? width / 2 : edge + (index * (width - 2 * edge)) / (points.length - 1)
  const y = (value: number) => height - edge - ((value - low) / span) * (height - 2 * edge)
  const at = (value: string, index: number): Point => ({ x: x(index).toFixed(1), y: y(Number(value)).toFixed(1) })
  return (
    <figure class="chart">
      {high > 0 ? <small class="quiet num">{formatNumber(high)}</small> : null}
      <svg viewBox={`0 0 ${width} ${height}`} role="img">
        <title>{tied(label)}</title>
        <desc>{tied(describedRange(points, low, high))}</desc>
        <line class="chart-axis" x1="0" x2={width} y1={y(0)} y2={y(0)} />
        {lines.map(({ values }, line) => (
          <g key={line} class={`chart-line chart-line-${(line % 6) + 1}`}>
            {runs(values.map((value, index) => (value === null ? null : at(value, index)))).map((run, index) => (
              <polyline key={index} points={run.map((point) => `${point.x},${point.y}`).join(' ')} />
            ))}
            {values.map((value, index) => {
              const isDotted = points.length <= mostDotted || isAlone(values, index)
              const point = value === null || !isDotted ? null : at(value, index)
              return point ? <circle key={index} cx={point.x} cy={point.y} r="4" /> : null
            })}
          </g>
        ))}
      </svg>
      {numbers.length > 0 ? <small class="quiet num">{formatNumber(low)}</small> : null}
      <figcaption>
        <div class="row row-end quiet">
          {(points.length > mostNamed ? [points[0], points.at(-1)] : points).map((point, index) => (
            <span key={index}>{tied(point ?? '')}</span>
          ))}
        </div>
        <ul class="legend">
          {lines.map(({ name }, line) => (
            <li key={line}>
              <svg class={`chart-line chart-line-${(line % 6) + 1}`} viewBox="0 0 14 14" aria-hidden="true">
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

/** More points would hide their line; one without neighbours has no line. */
const mostDotted = 18
const isAlone = (values: Line['values'], index: number): boolean =>
  (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null

type Point = { x: string; y: string }

/** Of more points only the first and the last are named under the picture; the table names all. */
const mostNamed = 6

const describedRange = (points: readonly string[], low: number, high: number): string =>
  `От «${points[0] ?? ''}» до «${points.at(-1) ?? ''}», значения от ${formatNumber(low)} до ${formatNumber(high)}. Все числа стоят в таблице рядом.`

/** Neighbouring points; what is absent breaks the line. */
function runs(points: readonly (Point | null)[]): Point[][] {
  const found: Point[][] = [[]]
  for (const point of points) {
    if (point) found.at(-1)?.push(point)
    else found.push([])
  }
  return found.filter(({ length }) => length > 1)
}
