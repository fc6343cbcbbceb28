import type { CodeItem, CodeList } from '../language/syntax.ts'

/** Things found by code and by range of codes, prepared once: rules name rows by the thousand. */
export class CodeIndex<T> {
  private readonly byCode = new Map<string, T[]>()
  private readonly order: { code: string; thing: T }[]
  private readonly numeric: { number: number; thing: T }[]

  constructor(things: readonly T[], codeOf: (thing: T) => string) {
    this.order = things.map((thing) => ({ code: codeOf(thing), thing }))
    for (const { code, thing } of this.order) {
      const same = this.byCode.get(code)
      if (same) same.push(thing)
      else this.byCode.set(code, [thing])
    }
    this.numeric = this.order
      .filter(({ code }) => /^\d+$/.test(code))
      .map(({ code, thing }) => ({ number: Number(code), thing }))
      .sort((a, b) => a.number - b.number)
  }

  /** In the order written; a range takes those that exist between its ends. `miss` hears of codes that are not there. */
  select(list: CodeItem[], miss: (code: string) => void): T[] {
    return list.flatMap((item) => {
      if (item.to === undefined) return this.known(item.from, miss)
      return this.byCode.get(item.text) ?? this.range(item.from, item.to, miss)
    })
  }

  private known(code: string, miss: (code: string) => void): T[] {
    const found = this.byCode.get(code)
    if (!found) miss(code)
    return found ?? []
  }

  private range(from: string, to: string, miss: (code: string) => void): T[] {
    for (const end of [from, to]) if (!this.byCode.has(end)) miss(end)
    const [low, high] = [Number(from), Number(to)]
    if (Number.isInteger(low) && Number.isInteger(high)) {
      return this.numeric.filter(({ number }) => number >= low && number <= high).map(({ thing }) => thing)
    }
    const [start, end] = [from, to].map((code) => this.order.findIndex((known) => known.code === code))
    if (start === undefined || end === undefined || start < 0 || end < 0) return []
    return this.order.slice(start, end + 1).map(({ thing }) => thing)
  }
}

const longestSpelled = 10_000

/** Lists of codes are the same when they name the same codes in the same order, however ranges are written. */
export function sameCodes(left: CodeList, right: CodeList): boolean {
  if (left === '*' || right === '*') return left === right
  return spelledOut(left) === spelledOut(right)
}

function spelledOut(list: CodeItem[]): string {
  return list
    .map((item) => {
      const [from, to] = [Number(item.from), Number(item.to)]
      const numeric =
        item.to !== undefined && Number.isInteger(from) && Number.isInteger(to) && to - from < longestSpelled
      if (!numeric) return item.to === undefined ? item.from : `${item.from}-${item.to}`
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step).join()
    })
    .join()
}
