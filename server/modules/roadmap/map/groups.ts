/** How values are parted into classes: by equal numbers of regions, equal widths, or where they lie apart by nature. */

/** Classes of as many regions as can be; of the same width; natural breaks (Fisher, Jenks). */
export type Method = 'quantiles' | 'intervals' | 'breaks'
/** Equal values, counted, in units of the last decimal place. */
export type Heap = { value: bigint; count: number }

/** From the least to the most. */
export function heapsOf(values: readonly bigint[]): Heap[] {
  const counts = new Map<bigint, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => (one.value < other.value ? -1 : 1))
}

/** Neighbouring heaps together; equal values are never parted, and no group is empty. */
export function groupsOf(heaps: readonly Heap[], method: Method, wanted: number): Heap[][] {
  if (heaps.length === 0) return []
  switch (method) {
    case 'quantiles':
      return cheapest(heaps, wanted, unevenness(heaps))
    case 'breaks':
      return cheapest(heaps, wanted, variance(heaps))
    case 'intervals':
      return intervals(heaps, wanted)
  }
}

/** What a group of the heaps from one to before another costs. */
type Cost = (from: number, to: number) => number

/** The sum of squared sizes is least when sizes differ least. */
function unevenness(heaps: readonly Heap[]): Cost {
  const before = sums(heaps.map(({ count }) => count))
  return (from, to) => ((before[to] ?? 0) - (before[from] ?? 0)) ** 2
}

/** Squared distances from the group's mean. Counted from the middle value, so that large numbers keep their digits. */
function variance(heaps: readonly Heap[]): Cost {
  const middle = heaps[Math.floor(heaps.length / 2)]?.value ?? 0n
  const values = heaps.map(({ value }) => Number(value - middle))
  const counts = sums(heaps.map(({ count }) => count))
  const first = sums(heaps.map(({ count }, index) => count * (values[index] ?? 0)))
  const second = sums(heaps.map(({ count }, index) => count * (values[index] ?? 0) ** 2))
  const between = (all: readonly number[], from: number, to: number) => (all[to] ?? 0) - (all[from] ?? 0)
  return (from, to) =>
    Math.max(0, between(second, from, to) - between(first, from, to) ** 2 / between(counts, from, to))
}

/** Of none, of the first, of the first two and so on. */
function sums(numbers: readonly number[]): number[] {
  let sum = 0
  return [0, ...numbers.map((number) => (sum += number))]
}

/** Of all ways to part the heaps into groups the one that costs least in sum (dynamic programming, exact). */
function cheapest(heaps: readonly Heap[], wanted: number, cost: Cost): Heap[][] {
  const { length } = heaps
  let costs = Array.from({ length: length + 1 }, (_, to) => (to === 0 ? 0 : Number.POSITIVE_INFINITY))
  const starts: number[][] = []
  for (let group = 1; group <= wanted; group += 1) {
    const next = Array.from({ length: length + 1 }, () => Number.POSITIVE_INFINITY)
    const start = Array.from({ length: length + 1 }, () => 0)
    for (let to = group; to <= length; to += 1)
      for (let from = group - 1; from < to; from += 1) {
        const sum = (costs[from] ?? 0) + cost(from, to)
        if (sum < (next[to] ?? 0)) [next[to], start[to]] = [sum, from]
      }
    costs = next
    starts.push(start)
  }
  const groups: Heap[][] = []
  for (let to = length; starts.length > 0; ) {
    const from = starts.pop()?.[to] ?? 0
    groups.unshift(heaps.slice(from, to))
    to = from
  }
  return groups
}

/** Of equal width from the least to the most; those where nothing lies are left out. */
function intervals(heaps: readonly Heap[], wanted: number): Heap[][] {
  const groups = Array.from({ length: wanted }, (): Heap[] => [])
  for (const heap of heaps) groups[intervalOf(heap.value, heaps, wanted)]?.push(heap)
  return groups.filter(({ length }) => length > 0)
}

function intervalOf(value: bigint, heaps: readonly Heap[], wanted: number): number {
  const [least, most] = [heaps[0]?.value ?? 0n, heaps.at(-1)?.value ?? 0n]
  if (most === least) return 0
  return Math.min(wanted - 1, Number(((value - least) * BigInt(wanted)) / (most - least)))
}

/** Where the interval of a value begins, and a tenth of its width: so far its border may be rounded. */
export function evenBorder(heaps: readonly Heap[], wanted: number, value: bigint): { border: bigint; leeway: bigint } {
  const [least, most] = [heaps[0]?.value ?? 0n, heaps.at(-1)?.value ?? 0n]
  const passed = BigInt(intervalOf(value, heaps, wanted)) * (most - least)
  const parts = BigInt(wanted)
  return { border: least + (passed + parts - 1n) / parts, leeway: (most - least) / parts / 10n }
}
