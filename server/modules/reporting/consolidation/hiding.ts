/**
 * Which figures of a summary may be published. Territories nest, so whatever can be worked out of published totals by
 * adding and subtracting is put together of remainders: a total less the published parts right inside it. While no
 * remainder holds fewer reports than the least, neither does anything that they make up. All published summaries of the
 * form count together; figures of accepted reports lie inside those of sent ones of the same place.
 *
 * What this does not see: sums over rows and columns of the form, and how a figure has changed from one publication to
 * the next.
 */

/** A figure that anybody can see, and where it belongs. `path` leads down: country, region, organisations. */
export type PublishedFigure = {
  period: string
  cell: string
  states: 'accepted' | 'sent'
  path: string[]
  reports: number
  /** Fewer reports than this must not be known apart. */
  minimum: number
}

/** @returns of each figure, whether it must be hidden */
export function hiddenFigures(figures: readonly PublishedFigure[], others: readonly PublishedFigure[]): boolean[] {
  const hidden = figures.map(({ reports, minimum }) => reports < minimum)
  const groups = Map.groupBy(figures.keys(), (index) => groupOf(figures[index]))
  for (const [group, indexes] of groups) {
    const known = others.filter((other) => groupOf(other) === group)
    const seen = new Set(known.map(placeOf))
    for (;;) {
      const shown = [...indexes].filter((index) => !hidden[index])
      const own = new Map(shown.map((index) => [placeOf(figures[index]), index]))
      const all = [
        ...known,
        ...shown.flatMap((index) => figures[index] ?? []).filter((each) => !seen.has(placeOf(each))),
      ]
      const next = firstToHide(all, (figure) => (seen.has(placeOf(figure)) ? undefined : own.get(placeOf(figure))))
      if (next === undefined) break
      hidden[next] = true
    }
  }
  return hidden
}

/** The smallest figure of the summary that tells too much together with others; a part goes before its total. */
function firstToHide(
  all: readonly PublishedFigure[],
  ownIndex: (figure: PublishedFigure) => number | undefined,
): number | undefined {
  for (const { total, parts } of tellingTooMuch(all)) {
    const [part] = parts
      .filter((each) => ownIndex(each) !== undefined)
      .toSorted((one, other) => one.reports - other.reports)
    const chosen = part ? ownIndex(part) : ownIndex(total)
    if (chosen !== undefined) return chosen
  }
  return undefined
}

type Telling = { total: PublishedFigure; parts: PublishedFigure[] }

function* tellingTooMuch(all: readonly PublishedFigure[]): Generator<Telling> {
  for (const total of all) {
    const inside = all.filter((each) => each.states === total.states && isInside(each, total))
    const parts = inside.filter((each) => !inside.some((other) => isInside(each, other)))
    if (isTooFew(total, parts)) yield { total, parts }
    if (total.states === 'accepted') continue
    for (const accepted of all)
      if (accepted.states === 'accepted' && (placeIn(accepted, total) || isInside(accepted, total)))
        if (isTooFew(total, [accepted])) yield { total, parts: [accepted] }
  }
}

function isTooFew(total: PublishedFigure, parts: readonly PublishedFigure[]): boolean {
  const rest = parts.reduce((left, { reports }) => left - reports, total.reports)
  return rest > 0 && rest < Math.max(total.minimum, ...parts.map(({ minimum }) => minimum))
}

const isInside = (part: PublishedFigure, whole: PublishedFigure): boolean =>
  part.path.length > whole.path.length && whole.path.every((step, index) => part.path[index] === step)

const placeIn = (one: PublishedFigure, other: PublishedFigure): boolean => one.path.join() === other.path.join()

const groupOf = (figure: PublishedFigure | undefined): string => `${figure?.period} ${figure?.cell}`
const placeOf = (figure: PublishedFigure | undefined): string => `${figure?.states} ${figure?.path.join()}`
