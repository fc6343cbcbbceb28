/** What is published together never tells a group smaller than the least, by any sums and differences of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hiddenFigures, type PublishedFigure } from './hiding.ts'

/** `own` is null where a place has no reports of its own, which anybody may know. */
type Tree = { own: { accepted: number; waiting: number } | null; below: Tree[] }
type Kinds = { accepted: [number, number]; waiting: [number, number] }

const treeOf = (kinds: Kinds, depth: number): fc.Arbitrary<Tree> => {
  const some = ([min, max]: [number, number]) => fc.integer({ min, max })
  return fc.record({
    own: fc.option(fc.record({ accepted: some(kinds.accepted), waiting: some(kinds.waiting) })),
    below: depth === 0 ? fc.constant([]) : fc.array(treeOf(kinds, depth - 1), { maxLength: 3, size: 'max' }),
  })
}

/** Reports that nobody can tell apart but by the place that they belong to, and whether they are accepted. */
type Group = { place: string; isAccepted: boolean; reports: number }

function groupsOf({ own, below }: Tree, path: string[]): Group[] {
  const place = path.join()
  const groups = own
    ? [
        { place, isAccepted: true, reports: own.accepted },
        { place, isAccepted: false, reports: own.waiting },
      ].filter(({ reports }) => reports > 0)
    : []
  return [...groups, ...below.flatMap((each, index) => groupsOf(each, [...path, String(index)]))]
}

const pathsOf = ({ below }: Tree, path: string[]): string[][] => [
  path,
  ...below.flatMap((each, index) => pathsOf(each, [...path, String(index)])),
]

const isCounted = (group: Group, { path, states }: { path: string[]; states: string }): boolean =>
  `${group.place},`.startsWith(`${path.join()},`) && (states === 'sent' || group.isAccepted)

/**
 * How many reports the smallest group has whose figure can be worked out, by any multiples, sums and differences of what
 * is shown, as far as `below`: a group is told when nothing that the shown figures leave open would change its sum.
 */
function fewestTold(groups: readonly Group[], shown: readonly PublishedFigure[], below: number): number {
  const matrix = shown.map((figure) => groups.map((group) => (isCounted(group, figure) ? 1 : 0)))
  const open = leftOpen(matrix, groups.length)
  const small = [...groups.entries()].filter(([, { reports }]) => reports < below)
  let fewest = below
  const look = (from: number, sums: number[], reports: number) => {
    if (reports > 0 && sums.every(isZero)) fewest = Math.min(fewest, reports)
    for (const [offset, [index, group]] of small.slice(from).entries())
      if (reports + group.reports < fewest)
        look(
          from + offset + 1,
          sums.map((sum, at) => sum + (open[at]?.[index] ?? 0)),
          reports + group.reports,
        )
  }
  look(
    0,
    open.map(() => 0),
    0,
  )
  return fewest
}

/** Vectors that every row of the matrix is blind to. */
function leftOpen(matrix: readonly number[][], width: number): number[][] {
  const rows = reduced(matrix)
  const pivots = rows.map((row) => row.findIndex((value) => !isZero(value)))
  const free = Array.from({ length: width }, (_, column) => column).filter((column) => !pivots.includes(column))
  return free.map((column) =>
    Array.from({ length: width }, (_, at) => {
      if (at === column) return 1
      const row = rows[pivots.indexOf(at)]
      return row ? -(row[column] ?? 0) : 0
    }),
  )
}

/** Rows of noughts and ones over nested places stay small whole numbers, or nearly, however they are combined. */
const isZero = (value: number): boolean => Math.abs(value) < 1e-6

/** Elimination to the reduced form; rows that follow from others are left out. */
function reduced(matrix: readonly number[][]): number[][] {
  let rest = matrix.map((row) => [...row])
  const done: number[][] = []
  for (let column = 0; column < (matrix[0]?.length ?? 0); column += 1) {
    const pivot = rest.find((row) => !isZero(row[column] ?? 0))
    if (!pivot) continue
    const scaled = pivot.map((value) => value / (pivot[column] ?? 1))
    const without = (row: number[]) => row.map((value, at) => value - (row[column] ?? 0) * (scaled[at] ?? 0))
    rest = rest.filter((row) => row !== pivot).map(without)
    for (const [index, row] of done.entries()) done[index] = without(row)
    done.push(scaled)
  }
  return done
}

const figure = (path: string[], reports: number, minimum: number): PublishedFigure => ({
  period: '2026-1-1',
  cell: '1/1/3',
  states: 'accepted',
  path,
  reports,
  minimum,
})

/** Each figure that could be published, in one of three publications or in none. */
function published(root: Tree, rounds: readonly number[], minimum: number, states: readonly ('accepted' | 'sent')[]) {
  const groups = groupsOf(root, ['all'])
  const all = pathsOf(root, ['all']).flatMap((path) => states.map((state) => ({ path, states: state })))
  const shown: PublishedFigure[] = []
  for (const round of [0, 1, 2]) {
    const chosen = all
      .filter((_, index) => rounds[index % rounds.length] === round)
      .map((one) => ({ ...one, reports: total(groups.filter((group) => isCounted(group, one))) }))
      .map((one) => ({ ...figure(one.path, one.reports, minimum), states: one.states }))
    const hidden = hiddenFigures(chosen, shown)
    shown.push(...chosen.filter((_, index) => !hidden[index]))
  }
  return { groups, shown }
}

const total = (groups: readonly Group[]): number => groups.reduce((sum, { reports }) => sum + reports, 0)

describe('published figures', () => {
  const rounds = fc.array(fc.nat(3), { minLength: 80, maxLength: 80 })
  const least = fc.integer({ min: 2, max: 4 })

  it('never tell a group of fewer than the least, over several publications of nested places', () => {
    fc.assert(
      fc.property(treeOf({ accepted: [0, 5], waiting: [0, 0] }, 3), rounds, least, (root, each, minimum) => {
        const { groups, shown } = published(root, each, minimum, ['accepted'])
        expect(fewestTold(groups, shown, minimum)).toBe(minimum)
      }),
      { numRuns: 2000 },
    )
  })

  it('nor when what is sent and what is accepted are published of the same places', () => {
    fc.assert(
      fc.property(treeOf({ accepted: [1, 4], waiting: [1, 4] }, 2), rounds, least, (root, each, minimum) => {
        const { groups, shown } = published(root, each, minimum, ['accepted', 'sent'])
        expect(fewestTold(groups, shown, minimum)).toBe(minimum)
      }),
      { numRuns: 2000 },
    )
  })

  it('do not show a total with all its parts but one, when that one has too few', () => {
    const parts = [figure(['all', '14', 'a'], 9, 3), figure(['all', '14', 'b'], 2, 3)]
    // Another summary shows the whole already: the large part would tell the small one.
    expect(hiddenFigures(parts, [figure(['all', '14'], 11, 3)])).toEqual([true, true])
    expect(hiddenFigures(parts, [])).toEqual([false, true])
  })

  it('do not show sent ones beside the accepted ones of all their parts, when together they tell few', () => {
    const accepted = [figure(['all', '14', 'a'], 9, 3), figure(['all', '14', 'b'], 9, 3)]
    const sent = { ...figure(['all', '14'], 20, 3), states: 'sent' as const }
    expect(hiddenFigures([sent], accepted)).toEqual([true])
    expect(hiddenFigures([{ ...sent, reports: 21 }], accepted)).toEqual([false])
  })

  it('do not show what is sent beside what is accepted when few have been sent and not accepted', () => {
    const accepted = figure(['all', '14'], 9, 3)
    expect(hiddenFigures([{ ...accepted, states: 'sent', reports: 11 }], [accepted])).toEqual([true])
    expect(hiddenFigures([{ ...accepted, states: 'sent', reports: 12 }], [accepted])).toEqual([false])
  })
})
