/** What is published together never tells a group smaller than the least, by any sums and differences of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hiddenFigures, type PublishedFigure } from './hiding.ts'

type Tree = { reports: number; below: Tree[] }

const treeOf = (depth: number): fc.Arbitrary<Tree> =>
  fc.record({
    reports: fc.nat(5),
    below: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 3 }),
  })
const tree = treeOf(3)

/** Every place with the reports below it, its own among them; each report is a bit of its own. */
function placesOf({ reports, below }: Tree, path: string[], next: { bit: bigint }): { path: string[]; mask: bigint }[] {
  let mask = 0n
  for (let one = 0; one < reports; one += 1) {
    mask |= next.bit
    next.bit <<= 1n
  }
  const parts = below.flatMap((each, index) => placesOf(each, [...path, String(index)], next))
  for (const part of parts) if (part.path.length === path.length + 1) mask |= part.mask
  return [{ path, mask }, ...parts]
}

const size = (mask: bigint): number => mask.toString(2).replaceAll('0', '').length

/** Groups that can be told apart: what one gets by taking one shown group out of another, again and again. */
function groupsTold(masks: bigint[]): Set<bigint> {
  const told = new Set(masks)
  for (let before = -1; before !== told.size && told.size < 100; ) {
    before = told.size
    for (const one of [...told])
      for (const other of [...told]) if (one !== other && (one & other) === other) told.add(one & ~other)
  }
  told.delete(0n)
  return told
}

const figure = (path: string[], reports: number, minimum: number): PublishedFigure => ({
  period: '2026-1-1',
  cell: '1/1/3',
  states: 'accepted',
  path,
  reports,
  minimum,
})

describe('published figures', () => {
  it('never tell a group of fewer than the least, over several publications of nested places', () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.nat(2), { minLength: 80, maxLength: 80 }),
        fc.integer({ min: 2, max: 4 }),
        (root, rounds, least) => {
          const places = placesOf(root, ['all'], { bit: 1n })
          const shown: { path: string[]; mask: bigint; figure: PublishedFigure }[] = []
          for (const round of [0, 1, 2]) {
            const chosen = places
              .filter((_, index) => rounds[index % rounds.length] === round)
              .map((place) => ({ ...place, figure: figure(place.path, size(place.mask), least) }))
            const hidden = hiddenFigures(
              chosen.map((each) => each.figure),
              shown.map((each) => each.figure),
            )
            shown.push(...chosen.filter((_, index) => !hidden[index]))
          }
          for (const group of groupsTold(shown.map(({ mask }) => mask)))
            expect(size(group)).toBeGreaterThanOrEqual(least)
        },
      ),
      { numRuns: 60 },
    )
  }, 60_000)

  it('do not show a total with all its parts but one, when that one has too few', () => {
    const parts = [figure(['all', '14', 'a'], 9, 3), figure(['all', '14', 'b'], 2, 3)]
    // Another summary shows the whole already: the large part would tell the small one.
    expect(hiddenFigures(parts, [figure(['all', '14'], 11, 3)])).toEqual([true, true])
    expect(hiddenFigures(parts, [])).toEqual([false, true])
  })

  it('do not show what is sent beside what is accepted when few have been sent and not accepted', () => {
    const accepted = figure(['all', '14'], 9, 3)
    expect(hiddenFigures([{ ...accepted, states: 'sent', reports: 11 }], [accepted])).toEqual([true])
    expect(hiddenFigures([{ ...accepted, states: 'sent', reports: 12 }], [accepted])).toEqual([false])
  })
})
