/**
 * Which figures of a summary may be published. Territories nest, so whatever can be worked out of published totals by
 * adding and subtracting is put together of remainders: a total less the published parts right inside it. While no
 * remainder holds fewer reports than the least, neither does anything that they make up. All published summaries of the
 * form count together.
 *
 * Accepted reports are among the sent ones of the same place, so sent ones less accepted ones tell about those that
 * wait. Remainders of the two kinds need not cover each other: where some remainder of accepted reports lies across
 * several of sent ones, those are looked at together.
 *
 * What this does not see: sums over rows and columns of the form, how a figure has changed from one publication to the
 * next, and what somebody knows besides the figures, such as where nothing has been accepted.
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
  const hidden = new Set(figures.filter(({ reports, minimum }) => reports < minimum))
  const known = Map.groupBy(others, groupOf)
  for (const [group, own] of Map.groupBy(figures, groupOf)) {
    const seen = known.get(group) ?? []
    const places = new Set(seen.map(placeOf))
    // What is published of a place already tells nothing more when it is published again.
    const mine = own.filter((figure) => !places.has(placeOf(figure)))
    for (let more = true; more; ) {
      const next = toHide([...seen, ...mine.filter((figure) => !hidden.has(figure))], new Set(mine))
      for (const figure of next) hidden.add(figure)
      more = next.length > 0
    }
    const hiddenPlaces = new Set(mine.filter((figure) => hidden.has(figure)).map(placeOf))
    for (const figure of own) if (hiddenPlaces.has(placeOf(figure))) hidden.add(figure)
  }
  return figures.map((figure) => hidden.has(figure))
}

/**
 * Of figures that tell too much together, the smallest of the summary; a part goes before its total. With one of them
 * gone the others are to be looked at anew, so all that stand together are left for the next time.
 */
function toHide(all: readonly PublishedFigure[], mine: ReadonlySet<PublishedFigure>): PublishedFigure[] {
  const smallest = (figures: readonly PublishedFigure[]) =>
    figures.filter((each) => mine.has(each)).toSorted((one, other) => one.reports - other.reports)[0]
  const sent = remaindersOf(all.filter(({ states }) => states === 'sent'))
  const accepted = remaindersOf(all.filter(({ states }) => states === 'accepted'))
  const chosen: PublishedFigure[] = []
  const touched = new Set<PublishedFigure>()
  for (const { totals, parts } of [...tellingAlone([...sent, ...accepted]), ...tellingOfWaiting(sent, accepted)]) {
    const figures = [...totals, ...parts]
    const next = figures.some((each) => touched.has(each)) ? undefined : (smallest(parts) ?? smallest(totals))
    if (!next) continue
    chosen.push(next)
    for (const each of figures) touched.add(each)
  }
  return chosen
}

/** Figures that together tell of too few reports. */
type Telling = { totals: PublishedFigure[]; parts: PublishedFigure[] }

/** A figure less the published ones right inside it. */
type Remainder = { total: PublishedFigure; parts: PublishedFigure[]; reports: number }

function remaindersOf(figures: readonly PublishedFigure[]): Remainder[] {
  const byPath = new Map<string, Remainder>()
  for (const total of figures) byPath.set(total.path.join(), { total, parts: [], reports: total.reports })
  const remainders = [...byPath.values()]
  for (const { total } of remainders) {
    const above = nearest(byPath, total.path.slice(0, -1))
    if (!above) continue
    above.parts.push(total)
    above.reports -= total.reports
  }
  return remainders
}

/** That of the place itself or of the nearest one above it. */
function nearest<T>(byPath: ReadonlyMap<string, T>, path: readonly string[]): T | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const found = byPath.get(path.slice(0, length).join())
    if (found) return found
  }
  return undefined
}

const tellingAlone = (remainders: readonly Remainder[]): Telling[] =>
  remainders
    .filter((each) => isTooFew(each.reports, [each.total, ...each.parts]))
    .map(({ total, parts }) => ({ totals: [total], parts }))

const isTooFew = (rest: number, figures: readonly PublishedFigure[]): boolean =>
  rest > 0 && rest < Math.max(...figures.map(({ minimum }) => minimum))

/** A remainder of accepted reports with those of sent ones that it lies across, for certain or perhaps. */
type Covered = { remainder: Remainder; by: readonly Remainder[]; isCertain: boolean }

/** More sets of remainders than this are not looked through: then too much is hidden rather than too little. */
const mostCovers = 200

function* tellingOfWaiting(sent: readonly Remainder[], accepted: readonly Remainder[]): Generator<Telling> {
  const byPath = new Map(sent.map((each) => [each.total.path.join(), each]))
  const covered = accepted.flatMap((remainder) => coversOf(remainder, sent, nearest(byPath, remainder.total.path)))
  const covers = unions(covered.map(({ by }) => by))
  if (!covers) {
    yield { totals: [], parts: covered.flatMap(({ remainder, by }) => (by.length > 1 ? [remainder.total] : [])) }
    return
  }
  for (const cover of covers) {
    const inside = covered.filter(({ by }) => isSubset(by, cover))
    const parts = inside.flatMap(({ remainder }) => [remainder.total, ...remainder.parts])
    const all = [...parts, ...cover.flatMap((each) => [each.total, ...each.parts])]
    if (!waitingOf(cover, inside).some((rest) => isTooFew(rest, all))) continue
    yield { totals: cover.map(({ total }) => total), parts: [...parts, ...cover.flatMap((each) => each.parts)] }
  }
}

/** Sent reports of the cover less the accepted ones that are surely among them, and less any that may be. */
function waitingOf(cover: readonly Remainder[], inside: readonly Covered[]): number[] {
  const certain = new Set(inside.filter(({ isCertain }) => isCertain).map(({ remainder }) => remainder))
  const possible = new Set(inside.map(({ remainder }) => remainder).filter((each) => !certain.has(each)))
  const sum = (remainders: Iterable<Remainder>) => [...remainders].reduce((left, { reports }) => left + reports, 0)
  let rests = [sum(cover) - sum(certain)]
  for (const { reports } of possible) rests = [...new Set(rests.flatMap((rest) => [rest, rest - reports]))]
  return rests
}

/**
 * The remainder of sent reports around this one, and those inside it. What figures do not say is whether a place above
 * others has reports of its own: where all depends on them, it may lie across the rest alone.
 */
function coversOf(remainder: Remainder, sent: readonly Remainder[], around: Remainder | undefined): Covered[] {
  const { total, parts, reports } = remainder
  if (reports <= 0) return []
  const inner = sent.filter(
    (each) =>
      each.reports > 0 && isInside(each.total, total) && !parts.some((part) => isInsideOrSame(each.total, part)),
  )
  const doubtful = inner.filter((each) => parts.some((part) => isInside(part, each.total)))
  const sure = inner.filter((each) => !doubtful.includes(each))
  const across = around && around.reports > 0 ? [around, ...doubtful] : doubtful
  return subsets(across)
    .map((some, index) => ({ remainder, by: [...some, ...sure], isCertain: around !== undefined && index === 0 }))
    .filter(({ by }) => by.length > 0)
}

/** All of them first. Of many, the two that matter most: all and none. */
function subsets<T>(items: readonly T[]): T[][] {
  const [first, ...rest] = items
  if (first === undefined) return [[]]
  if (items.length > 5) return [[...items], []]
  const others = subsets(rest)
  return [...others.map((each) => [first, ...each]), ...others]
}

/** The sets, and what any of them make up that have something in common; undefined when there are too many. */
function unions(sets: readonly (readonly Remainder[])[]): (readonly Remainder[])[] | undefined {
  const found: (readonly Remainder[])[] = []
  const add = (set: readonly Remainder[]) => {
    if (!found.some((one) => one.length === set.length && isSubset(one, set))) found.push(set)
  }
  sets.forEach(add)
  for (const [index, one] of found.entries()) {
    if (found.length > mostCovers + sets.length) return undefined
    for (const other of found.slice(0, index))
      if (one.some((each) => other.includes(each))) add([...new Set([...one, ...other])])
  }
  return found
}

const isSubset = (some: readonly Remainder[], all: readonly Remainder[]): boolean =>
  some.every((each) => all.includes(each))

const isInsideOrSame = (part: PublishedFigure, whole: PublishedFigure): boolean =>
  whole.path.every((step, index) => part.path[index] === step)

const isInside = (part: PublishedFigure, whole: PublishedFigure): boolean =>
  part.path.length > whole.path.length && isInsideOrSame(part, whole)

const groupOf = (figure: PublishedFigure): string => `${figure.period} ${figure.cell}`
const placeOf = (figure: PublishedFigure): string => `${figure.states} ${figure.path.join()}`
