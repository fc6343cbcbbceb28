/**
 * Classes of a figure for a map: up to five, whose labels say the truth about every value in them. Borders are whole
 * numbers of units of the values' last decimal place, so that nothing lies between two classes.
 */
import { russianNumber } from '../../../../engine/index.ts'
import { evenBorder, groupsOf, type Heap, heapsOf, type Method } from './groups.ts'

export type { Method } from './groups.ts'

/** 0 is no data; 1 to 5 from the least to the most. */
export type Step = 0 | 1 | 2 | 3 | 4 | 5
/** `from` and `to` are canonical decimals, both within the class; none at an open end. */
export type MapClass = { step: Step; label: string; count: number; from: string | undefined; to: string | undefined }
export type Classes = {
  /** from the least to the most, last of all those without data, if there are any */
  classes: readonly MapClass[]
  /** of one of the values */
  stepOf: (value: string | null) => Step
}

/** Fewer classes are spread over the shades, so that they can be told apart. */
const shades: readonly (readonly Step[])[] = [[], [3], [2, 4], [1, 3, 5], [1, 2, 4, 5], [1, 2, 3, 4, 5]]
const noData = { step: 0, label: 'нет данных', from: undefined, to: undefined } as const

/**
 * @param values canonical decimals; `null` is no data
 * @param most classes, one to five; there are fewer when there are fewer different values
 * @param unit said with the first label: «до 40 %»
 */
export function classesOf(
  values: readonly (string | null)[],
  { method, most = 5, unit = '' }: { method: Method; most?: number; unit?: string },
): Classes {
  const known = values.filter((value) => value !== null)
  const scale = Math.max(0, ...known.map((value) => value.split('.')[1]?.length ?? 0))
  const heaps = heapsOf(known.map((value) => unitsOf(value, scale)))
  const wanted = Math.max(1, Math.min(most, 5, heaps.length))
  const groups = groupsOf(heaps, method, wanted)
  const borders = groups.slice(1).map((group, index) => {
    const gap = { above: groups[index]?.at(-1)?.value ?? 0n, upTo: group[0]?.value ?? 0n }
    return roundest(method === 'intervals' ? narrowed(gap, evenBorder(heaps, wanted, gap.upTo)) : gap)
  })
  const steps = shades[groups.length] ?? []
  const classes = groups.map((group, index): MapClass => {
    const [from, next] = [borders[index - 1], borders[index]]
    const label = labelOf(group, from, next, (units) => russianNumber(textOf(units, scale)))
    return {
      step: steps[index] ?? 0,
      label: unit && index === 0 ? `${label}\u00a0${unit}` : label,
      count: group.reduce((sum, { count }) => sum + count, 0),
      from: from === undefined ? undefined : textOf(from, scale),
      to: next === undefined ? undefined : textOf(next - 1n, scale),
    }
  })
  const absent = values.length - known.length
  return {
    classes: absent > 0 ? [...classes, { ...noData, count: absent }] : classes,
    stepOf: (value) => {
      if (value === null) return 0
      const units = unitsOf(value, scale)
      return steps[borders.filter((border) => border <= units).length] ?? 0
    },
  }
}

function unitsOf(decimal: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

function textOf(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/** Where a border may lie: above all of the lower class and not above any of the upper one, so that no region changes. */
type Gap = { above: bigint; upTo: bigint }

/** Intervals are to be of the same width, so their borders may move only a little. */
function narrowed({ above, upTo }: Gap, { border, leeway }: { border: bigint; leeway: bigint }): Gap {
  const [lowest, highest] = [border - leeway - 1n, border + leeway]
  return { above: lowest > above ? lowest : above, upTo: highest < upTo ? highest : upTo }
}

/** The number with the fewest figures: hundreds before fifties, fifties before tens, and so on. */
function roundest({ above, upTo }: Gap): bigint {
  for (let power = 10n ** BigInt(String(upTo).length); power > 0n; power /= 10n)
    for (const step of [power, power / 2n]) {
      if (step > 0n && floorTo(upTo, step) > above) return floorTo(upTo, step)
    }
  return upTo
}

/** The greatest multiple of the step that is not above the number. */
function floorTo(number: bigint, step: bigint): bigint {
  const rest = number % step
  return number - (rest < 0n ? rest + step : rest)
}

/** The first class and the last one are open: their ends say nothing about where values end. */
function labelOf(
  group: readonly Heap[],
  from: bigint | undefined,
  next: bigint | undefined,
  told: (units: bigint) => string,
): string {
  if (from === undefined && next === undefined) return span(group[0]?.value ?? 0n, group.at(-1)?.value ?? 0n, told)
  if (from === undefined) return `до\u00a0${told(next ?? 0n)}`
  return next === undefined ? `${told(from)} и\u00a0более` : span(from, next - 1n, told)
}

/** A dash beside a minus would be read as another minus. */
function span(from: bigint, to: bigint, told: (units: bigint) => string): string {
  if (from === to) return told(from)
  return from < 0n ? `от\u00a0${told(from)} до\u00a0${told(to)}` : `${told(from)}–${told(to)}`
}
