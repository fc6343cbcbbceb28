import { formatNumber, tied } from './text.ts'
import type { Children } from './types.ts'

/** How far each part has come, from what is done to what has not begun: 1 done, 2 waiting, 3 refused, 4 begun, 0 not begun. */
export type ShareKind = 0 | 1 | 2 | 3 | 4

/** A bar of shares of one whole. The same figures stand beside it in words: the bar itself is not read aloud. */
export function Shares({
  parts,
  text,
}: {
  parts: readonly (readonly [kind: ShareKind, value: number])[]
  text?: string
}) {
  const whole = parts.reduce((sum, [, value]) => sum + value, 0) || 1
  let passed = 0
  return (
    <>
      <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(([kind, value]) => {
          const x = (passed / whole) * 100
          passed += value
          const width = Math.max((value / whole) * 100 - 0.3, 0)
          return value > 0 ? (
            <rect key={kind} class={`f-${kind}`} x={x.toFixed(1)} width={width.toFixed(1)} height="8" />
          ) : null
        })}
      </svg>
      {text ? <small class="under">{text}</small> : null}
    </>
  )
}

/** What the shades of the bars mean. */
export function SharesLegend({ entries }: { entries: readonly (readonly [kind: ShareKind, text: string])[] }) {
  return (
    <ul class="legend" aria-label="Условные обозначения">
      {entries.map(([kind, text]) => (
        <li key={text}>
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <rect class={`f-${kind}`} width="8" height="8" />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** The course of one figure as a line; its table stands near by. Fewer than two values draw nothing. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  if (values.length < 2) return null
  const low = Math.min(...values)
  const spread = Math.max(...values) - low || 1
  const points = values.map((value, index) => {
    const x = 2 + (index / (values.length - 1)) * 96
    const y = 22 - ((value - low) / spread) * 20
    return [x.toFixed(1), y.toFixed(1)] as const
  })
  const [lastX, lastY] = points.at(-1) ?? ['0', '0']
  return (
    <svg class="spark" viewBox="0 0 100 24" role="img" aria-label={label}>
      <polyline points={points.map((point) => point.join(',')).join(' ')} />
      <circle cx={lastX} cy={lastY} r="2.25" />
    </svg>
  )
}

export interface FigureProps {
  value: number | string
  text: string
  /** the list of what is counted; `current` when it is the one shown */
  href?: string
  current?: boolean
  /** what nobody should overlook */
  tone?: 'bad'
}

/** A figure with its words, for a row of a card. */
export function Figure({ value, text, href, current, tone }: FigureProps) {
  const words = (
    <>
      <b class="num">{typeof value === 'number' ? formatNumber(value) : value}</b>
      {href ? <span>{tied(text)}</span> : tied(text)}
    </>
  )
  return (
    <p class="figure" data-tone={tone}>
      {href ? (
        <a href={href} aria-current={current ? 'true' : undefined}>
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  )
}

export interface MastheadProps {
  title: string
  lead?: Children
  /** the plan's course: «Выполнено 69 % плана», «срок — 31.12.2028» */
  progress?: { value: number; max: number; text: string; end?: string }
  /** the way in: a main button and another */
  actions?: Children
  figures?: readonly { value: number | string; text: string }[]
}

/** The public face from edge to edge; goes into `Page` as `mast` and holds the h1. */
export function Masthead({ title, lead, progress, actions, figures = [] }: MastheadProps) {
  return (
    <div class="mast">
      <div class="mast-in">
        <h1>{tied(title)}</h1>
        {lead ? <p class="lead">{tied(lead)}</p> : null}
        {progress ? (
          <>
            <p class="mast-line">
              <span id="mast-progress">{progress.text}</span>
              {progress.end ? <span>{progress.end}</span> : null}
            </p>
            <progress class="bar" value={progress.value} max={progress.max} aria-labelledby="mast-progress" />
          </>
        ) : null}
        {actions ? <div class="row">{actions}</div> : null}
        {figures.length > 0 ? (
          <dl class="figures">
            {figures.map(({ value, text }) => (
              <div key={text}>
                <dt>{tied(text)}</dt>
                <dd>{typeof value === 'number' ? formatNumber(value) : value}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </div>
  )
}
