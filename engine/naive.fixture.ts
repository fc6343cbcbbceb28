/**
 * A slow second evaluator of rules, for tests: it walks a tree of its own with fractions of its own and shares no code
 * with the engine. It knows one section; whole controls are `naive-control.fixture.ts`.
 */
export type Naive =
  | { kind: 'number'; text: string }
  /**
   * `from`: another form, with `<` before it its previous period; `<` alone is the previous period of one's own. Rows are
   * codes, or `*` for those that the report has. `specific` picks among them, a range of two being written with a dash.
   */
  | { kind: 'cells'; rows: string[]; columns: string[]; from?: string; specific?: string[]; range?: boolean }
  | { kind: 'negate'; of: Naive }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/'; left: Naive; right: Naive }
  | {
      kind: 'call'
      name: 'SUM' | 'ABS' | 'FLOOR' | 'ROUND' | 'CUT' | 'ISNULL' | 'NULLIF' | 'COALESCE'
      given: Naive[]
      digits?: number
    }

export type NaiveChain = { sides: Naive[]; operators: string[] }
export type NaiveRule = { chains: NaiveChain[]; words: ('and' | 'or')[] }

type Fraction = [bigint, bigint]
type Value = Fraction | null
type Grid = Value[][]

/**
 * Values by place, «1/101/3», those of other reports after their `from` and a colon. `placesOf` says which rows of the
 * report a code means where it is not simply the row of that code.
 */
export type NaiveWorld = {
  cells: Record<string, string | undefined>
  placesOf?: (node: Naive & { kind: 'cells' }, code: string) => string[]
}

export function printed(node: Naive): string {
  switch (node.kind) {
    case 'number':
      return node.text
    case 'cells':
      return braced(
        `[1][${node.rows.join(',')}][${columnsOf(node)}]${node.specific ? `[${node.specific.join(',')}]` : ''}`,
        node.from,
      )
    case 'negate':
      return `-(${printed(node.of)})`
    case 'binary':
      return `(${printed(node.left)}${node.operator}${printed(node.right)})`
    case 'call':
      if (node.name === 'ROUND') return `round(${node.given.map(printed).join()},${node.digits})`
      if (node.name === 'CUT') return `ROUND(${node.given.map(printed).join()}, ${node.digits}, 1)`
      return `${node.name}(${node.given.map(printed).join(', ')})`
  }
}

const columnsOf = ({ columns, range }: Naive & { kind: 'cells' }): string =>
  range ? `${columns[0]}-${columns.at(-1)}` : columns.join(', ')

function braced(lists: string, from = ''): string {
  if (!from) return `{${lists}}`
  if (from === '<') return `{{${lists}}}`
  return from.startsWith('<') ? `{{${from.slice(1)}:${lists}}}` : `{${from}:${lists}}`
}

export const printedRule = ({ chains, words }: NaiveRule): string =>
  chains
    .map(({ sides, operators }, at) => {
      const chain = sides
        .map((side, number) => `${number > 0 ? `|${operators[number - 1]}|` : ''}${printed(side)}`)
        .join('')
      return at > 0 ? ` |${words[at - 1]}| ${chain}` : chain
    })
    .join('')

export function fraction(text: string): Fraction {
  const [whole = '0', tail = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole + tail)
  return [text.startsWith('-') ? -size : size, 10n ** BigInt(tail.length)]
}

/** What fails, as «left operator right», each once, in the order of the pairs; undefined where a side has no cells. */
export function naiveOutcome(
  rule: NaiveRule,
  world: NaiveWorld,
  { precision, tolerance }: { precision: number; tolerance?: string },
): string[] | undefined {
  const outcomes = rule.chains.map((chain, at) => chainOutcome(chain, at, world, precision, tolerance))
  let result = outcomes[0]
  for (const [at, word] of rule.words.entries()) result = joined(word, result, outcomes[at + 1])
  return result && outcomes.every((outcome) => outcome !== undefined) ? [...new Set(result.flat())] : undefined
}

/** As `naiveOutcome` of cells that are all there. */
export const naiveFailures = (
  rule: NaiveRule,
  cells: Record<string, string | undefined>,
  precision: number,
): string[] => naiveOutcome(rule, { cells }, { precision }) ?? []

function joined(word: 'and' | 'or', result: string[][] | undefined, other: string[][] | undefined) {
  if (!result || !other) return undefined
  const pick = (list: string[][], number: number): string[] | undefined => (list.length === 1 ? list[0] : list[number])
  return Array.from({ length: Math.max(result.length, other.length) }, (_, number): string[] => {
    const [left, right] = [pick(result, number), pick(other, number)]
    if (word === 'and') return [...(left ?? []), ...(right ?? [])]
    if (left === undefined || right === undefined) return left ?? right ?? []
    return left.length === 0 || right.length === 0 ? [] : right
  })
}

function chainOutcome(
  { sides, operators }: NaiveChain,
  name: number,
  world: NaiveWorld,
  precision: number,
  tolerance: string | undefined,
): string[][] | undefined {
  const lists = sides.map((side, at) => evaluate(side, firstCells(at > 0 ? sides[at - 1] : sides[1]), world).flat())
  if (lists.some((list) => list.length === 0)) return undefined
  const lengths = operators.map((_, at) => Math.max(lists[at]?.length ?? 0, lists[at + 1]?.length ?? 0))
  const outcome: string[][] = Array.from({ length: Math.max(...lengths) }, () => [])
  operators.forEach((operator, at) => {
    const [left = [], right = []] = [lists[at], lists[at + 1]]
    const length = lengths[at] ?? 0
    for (let number = 0; number < length; number += 1) {
      const a = rounded(pickValue(left, number) ?? [0n, 1n], precision)
      const b = rounded(pickValue(right, number) ?? [0n, 1n], precision)
      if (agrees(a, operator, b) || isNear(a, operator, b, tolerance)) continue
      const words = `${text(a, precision)} ${operator} ${text(b, precision)} #${name}.${at}.${number}`
      if (length === 1) for (const one of outcome) one.push(words)
      else outcome[number]?.push(words)
    }
  })
  return outcome
}

function isNear(a: Fraction, operator: string, b: Fraction, tolerance: string | undefined): boolean {
  if (tolerance === undefined || !['=', '<=', '>='].includes(operator)) return false
  const [n, d] = arithmetic('-', a, b) ?? [0n, 1n]
  return agrees([n < 0n ? -n : n, d], '<=', fraction(tolerance))
}

const pickValue = (list: Value[], number: number): Value => (list.length === 1 ? list[0] : list[number]) ?? null

function agrees([an, ad]: Fraction, operator: string, [bn, bd]: Fraction): boolean {
  const [left, right] = [an * bd, bn * ad]
  const verdicts: Record<string, boolean> = {
    '<': left < right,
    '<=': left <= right,
    '=': left === right,
    '>=': left >= right,
    '>': left > right,
    '<>': left !== right,
  }
  return verdicts[operator] ?? false
}

type Cells = { rows: string[]; columns: string[] }

function firstCells(node: Naive | undefined): Cells | undefined {
  if (!node || node.kind === 'number') return undefined
  if (node.kind === 'cells') return node
  if (node.kind === 'negate') return firstCells(node.of)
  if (node.kind === 'binary') return firstCells(node.left) ?? firstCells(node.right)
  return node.given.map(firstCells).find((found) => found !== undefined)
}

function evaluate(node: Naive, beside: Cells | undefined, world: NaiveWorld): Grid {
  switch (node.kind) {
    case 'number':
      return [[fraction(node.text)]]
    case 'cells':
      return node.rows
        .flatMap((row) => world.placesOf?.(node, row) ?? [row])
        .map((row) =>
          node.columns.map((column) => {
            const given = world.cells[`${node.from ? `${node.from}:` : ''}1/${row}/${column}`]
            return given ? fraction(given) : null
          }),
        )
    case 'negate':
      return evaluate(node.of, beside, world).map((row) =>
        row.map((value) => value && ([-value[0], value[1]] as Fraction)),
      )
    case 'binary': {
      const left = evaluate(node.left, beside ?? firstCells(node.right), world)
      const right = evaluate(node.right, beside ?? firstCells(node.left), world)
      return together([left, right], ([a, b]) => arithmetic(node.operator, a ?? null, b ?? null))
    }
    case 'call':
      return call(node, beside, world)
  }
}

function call(node: Naive & { kind: 'call' }, beside: Cells | undefined, world: NaiveWorld): Grid {
  const grids = node.given.map((given) => evaluate(given, beside, world))
  const [grid = []] = grids
  const each = (change: (value: Fraction) => Fraction): Grid =>
    grid.map((row) => row.map((value) => value && change(value)))
  switch (node.name) {
    case 'SUM': {
      if (grid.length === 0) return []
      const own = firstCells(node.given[0])
      if (own && beside && own.columns.join() === beside.columns.join()) {
        return [(grid[0] ?? []).map((_, column) => added(grid.map((row) => row[column] ?? null)))]
      }
      if (own && beside && own.rows.join() === beside.rows.join()) return grid.map((row) => [added(row)])
      return [[added(grid.flat())]]
    }
    case 'ABS':
      return each(([n, d]) => [n < 0n ? -n : n, d])
    case 'FLOOR':
      return each(([n, d]) => [n >= 0n ? n / d : -((-n + d - 1n) / d), 1n])
    case 'ROUND':
      return each((value) => rounded(value, node.digits ?? 0))
    case 'CUT':
      return each(([n, d]) => [(n * 10n ** BigInt(node.digits ?? 0)) / d, 10n ** BigInt(node.digits ?? 0)])
    case 'NULLIF':
      return together(grids, ([a, b]) => (a && b && agrees(a, '=', b) ? null : (a ?? null)))
    case 'ISNULL':
    case 'COALESCE':
      return together(grids, (values) => values.find((value) => value !== null) ?? null)
  }
}

/** The shape of the longest list, a list of one repeated. */
function together(grids: Grid[], join: (values: Value[]) => Value): Grid {
  const flat = grids.map((grid) => grid.flat())
  if (grids[0]?.length === 0) return [] // nothing to begin with
  let longest = grids[0] ?? []
  for (const grid of grids) if (grid.flat().length > longest.flat().length) longest = grid
  let number = 0
  return longest.map((row) =>
    row.map(() => {
      const values = flat.map((list) => pickValue(list, number))
      number += 1
      return join(values)
    }),
  )
}

const added = (values: Value[]): Value => values.reduce<Value>((sum, value) => arithmetic('+', sum, value), null)

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (!left && !right) return null
  const [[an, ad], [bn, bd]] = [left ?? [0n, 1n], right ?? [0n, 1n]]
  if (operator === '+') return [an * bd + bn * ad, ad * bd]
  if (operator === '-') return [an * bd - bn * ad, ad * bd]
  if (operator === '*') return [an * bn, ad * bd]
  if (bn === 0n) return [an, ad]
  return bn < 0n ? [-an * bd, ad * -bn] : [an * bd, ad * bn]
}

function rounded([n, d]: Fraction, digits: number): Fraction {
  const unit = 10n ** BigInt(digits)
  const size = ((n < 0n ? -n : n) * unit * 10n) / d
  const up = (size + 5n) / 10n
  return [n < 0n ? -up : up, unit]
}

function text([n, d]: Fraction, digits: number): string {
  const units = ((n < 0n ? -n : n) * 10n ** BigInt(digits)) / d
  const padded = units.toString().padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  const tail = padded.slice(padded.length - digits).replace(/0+$/, '')
  return `${n < 0n && units > 0n ? '-' : ''}${whole}${tail ? `.${tail}` : ''}`
}
