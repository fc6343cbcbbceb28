import { type Constraint, constraintOf, exclude } from './bounds.ts'
import { isUnconditional, type ParsedControl } from './controls.ts'
import { canonicalNumber, type Exact, exactNumber, powerOfTen } from './decimal.ts'
import { definitionsOf } from './evaluation/formulas.ts'
import type { Layout } from './evaluation/layout.ts'
import { itemAt, Resolver, type RowSource, TooManyCells } from './evaluation/resolve.ts'
import type { Chain, Logic } from './language/syntax.ts'
import { isKeptBy, type Linear, linearOf, negative, total } from './linear.ts'
import type { TemplateProblem } from './problem.ts'
import { placeWords } from './words.ts'

export type Found = Partial<TemplateProblem> & Pick<TemplateProblem, 'code' | 'where' | 'text'>

type Work = {
  layout: Layout
  source: RowSource
  /** Linear forms of computed cells, in cells that are entered. */
  forms: Map<number, Linear>
}

/** Pairs of one template that are looked at; a template that has more is told of the rest by nobody but its reports. */
const mostPairs = 100_000

/** Controls that cannot hold together, as far as sums and bounds of cells show it. */
export function contradictions(
  controls: readonly ParsedControl[],
  periods: number,
  layout: Layout,
  source: RowSource,
): Found[] {
  const readable = controls.filter(({ faults, rule }) => faults.length === 0 && rule !== undefined)
  const definitions = definitionsOf(layout, readable, source)
  const work: Work = { layout, source, forms: new Map() }
  for (const { cell, scalar } of definitions.ordered) {
    const form = linearOf(scalar, (inner) => work.forms.get(inner))
    if (form) work.forms.set(cell, form)
  }
  return [
    ...readable.flatMap((parsed) => neverDue(parsed, periods)),
    ...twiceDefined(definitions.candidates, definitions.ordered, work),
    ...excluding(readable, work),
  ]
}

function neverDue({ control, period }: ParsedControl, periods: number): Found[] {
  if (!control.periodClause.trim() || !period) return []
  const isDue = Array.from({ length: Math.max(periods, 1) }, (_, at) => at + 1).some(period)
  if (isDue) return []
  const text = `Условие периода не выполняется ни для одного из периодов формы (их ${Math.max(periods, 1)}).`
  return [
    {
      code: 'contradiction',
      control: control.id,
      line: control.line,
      where: whereOf(control.id, 'условие периода'),
      text,
    },
  ]
}

const whereOf = (id: string, part: string): string => `Контроль ${id}, ${part}`

type Definition = ReturnType<typeof definitionsOf>['candidates'][number]

/**
 * Another equality for a cell that is worked out already is a check of what is entered. It contradicts when it could
 * hold only with some of the entered cells all empty, or never.
 */
function twiceDefined(candidates: Definition[], taken: Definition[], work: Work): Found[] {
  const used = new Map(taken.map((definition) => [definition.cell, definition]))
  const told = new Set<string>()
  return candidates.flatMap((candidate): Found[] => {
    const first = used.get(candidate.cell)
    const ids = [first?.control.control.id ?? '', candidate.control.control.id]
    if (!first || first === candidate || first.control === candidate.control || told.has(ids.join())) return []
    const own = work.forms.get(candidate.cell)
    const other = linearOf(candidate.scalar, (cell) => (cell === candidate.cell ? undefined : work.forms.get(cell)))
    const difference = own && other && !other.factors.has(candidate.cell) ? total([own, scaledBack(other)]) : undefined
    if (!difference || !forcesNothing(difference)) return []
    told.add(ids.join())
    const place = placeOfCell(candidate.cell, work.layout)
    const text = `Ячейку считает контроль ${ids[0]}, а контроль ${ids[1]} требует другого: они сходятся, только если ${onlyIf(difference, work.layout)}.`
    const { id, line } = candidate.control.control
    return [
      {
        code: 'contradiction',
        control: id,
        line,
        ...place.codes,
        where: `${place.words}, контроли ${ids[0]} и ${id}`,
        text,
      },
    ]
  })
}

const scaledBack = ({ factors, constant }: Linear): Linear => ({
  factors: new Map([...factors].map(([cell, factor]): [number, Exact] => [cell, negative(factor)])),
  constant: negative(constant),
})

function forcesNothing({ factors, constant }: Linear): boolean {
  const signs = new Set([...factors.values()].map(({ n }) => n > 0n))
  if (factors.size === 0) return constant.n !== 0n
  return signs.size === 1 && (constant.n === 0n || signs.has(constant.n > 0n))
}

function onlyIf({ factors, constant }: Linear, layout: Layout): string {
  if (factors.size === 0 || constant.n !== 0n) return 'нарушить один из них'
  const cells = [...factors.keys()].slice(0, 3).map((cell) => placeOfCell(cell, layout).words.toLowerCase())
  return `не заполнять: ${cells.join('; ')}${factors.size > 3 ? ' и другие' : ''}`
}

function placeOfCell(cell: number, layout: Layout) {
  const slot = layout.cells[cell]
  const codes = {
    section: slot?.section.code ?? '',
    row: slot?.row.row.code ?? '',
    column: slot?.cell.column.code ?? '',
  }
  return { codes, words: placeWords(codes) }
}

type Bounded = Constraint & { parsed: ParsedControl; part: 'rule' | 'condition'; cell: number | undefined }

/** Bounds of the same sum of cells that leave nothing between them. */
function excluding(controls: readonly ParsedControl[], work: Work): Found[] {
  const found: Found[] = []
  const known = new Map<string, Bounded[]>()
  const told = new Set<string>()
  let pairs = 0
  for (const parsed of controls) {
    const condition = parsed.condition ? boundsOf(parsed.condition, parsed, 'condition', work) : []
    if (parsed.condition && isNever(parsed.condition, parsed, work)) found.push(neverFound(parsed, 'condition'))
    const rule = parsed.rule ? boundsOf(parsed.rule, parsed, 'rule', work) : []
    if (rule.some((bound) => bound.isNever) || clash(rule)) found.push(neverFound(parsed, 'rule'))
    for (const bound of rule) {
      pairs += 1
      if (!bound.key || pairs > mostPairs) continue
      const others = known.get(bound.key) ?? []
      const other = others.find((one) => one.parsed !== parsed && exclude(one.interval, bound.interval))
      const pair = `${other?.parsed.control.id}/${parsed.control.id}`
      if (other && meet(other.parsed, parsed) && !told.has(pair)) {
        told.add(pair)
        found.push(pairFound(other, bound, work.layout))
      }
      known.set(bound.key, [...others, bound])
    }
    for (const bound of condition) {
      const other = (known.get(bound.key) ?? []).find(
        (one) =>
          one.parsed !== parsed &&
          !one.parsed.condition &&
          isStrict(one.parsed) &&
          exclude(one.interval, bound.interval),
      )
      if (other && bound.key) found.push(idleFound(parsed, other.parsed))
    }
  }
  return found
}

/** Whether both are due at once: under no condition, or one and the same. */
const meet = (one: ParsedControl, other: ParsedControl): boolean =>
  sameOrEmpty(one.control.condition, other.control.condition) &&
  sameOrEmpty(one.control.periodClause, other.control.periodClause)

function sameOrEmpty(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replace(/\s/g, '').toLowerCase())
  return a === '' || b === '' || a === b
}

const isStrict = ({ control }: ParsedControl): boolean => control.level === 'error' && !control.periodClause.trim()

const clash = (bounds: Bounded[]): boolean =>
  bounds.some((one, at) =>
    bounds
      .slice(at + 1, at + 200)
      .some((other) => one.key !== '' && one.key === other.key && exclude(one.interval, other.interval)),
  )

const partNames = { rule: 'правило', condition: 'условие' } as const

function neverFound({ control }: ParsedControl, part: 'rule' | 'condition'): Found {
  const text =
    part === 'rule'
      ? 'Правило не может выполниться ни при каких значениях.'
      : 'Условие не может выполниться ни при каких значениях: контроль не сработает никогда.'
  return {
    code: 'contradiction',
    control: control.id,
    line: control.line,
    where: whereOf(control.id, partNames[part]),
    text,
  }
}

function pairFound(one: Bounded, other: Bounded, layout: Layout): Found {
  const { control } = other.parsed
  const certain = [one, other].every(
    ({ parsed }) =>
      isUnconditional(parsed) || (parsed.control.level === 'error' && !parsed.condition === !one.parsed.condition),
  )
  const place = other.cell === undefined ? undefined : placeOfCell(other.cell, layout)
  return {
    code: certain ? 'contradiction' : 'doubtful',
    level: certain ? 'error' : 'warning',
    control: control.id,
    line: control.line,
    ...place?.codes,
    where: `${place ? `${place.words}, к` : 'К'}онтроли ${one.parsed.control.id} и ${control.id}`,
    text: `Контроли ${one.parsed.control.id} и ${control.id} не могут выполниться вместе: границы, которые они ставят, не пересекаются.`,
  }
}

function idleFound({ control }: ParsedControl, other: ParsedControl): Found {
  const text = `Условие выполняется, только если нарушен контроль ${other.control.id}: контроль вряд ли сработает.`
  return {
    code: 'doubtful',
    level: 'warning',
    control: control.id,
    line: control.line,
    where: whereOf(control.id, 'условие'),
    text,
  }
}

/** Of rules joined by `or` nothing is known for certain. */
function boundsOf(logic: Logic, parsed: ParsedControl, part: Bounded['part'], work: Work): Bounded[] {
  if (logic.kind !== 'chain')
    return holdsOr(logic)
      ? []
      : [...boundsOf(logic.left, parsed, part, work), ...boundsOf(logic.right, parsed, part, work)]
  return chainBounds(logic, parsed, part, work)
}

const holdsOr = (logic: Logic): boolean =>
  logic.kind === 'or' || (logic.kind === 'and' && (holdsOr(logic.left) || holdsOr(logic.right)))

function isNever(logic: Logic, parsed: ParsedControl, work: Work): boolean {
  if (logic.kind === 'or') return isNever(logic.left, parsed, work) && isNever(logic.right, parsed, work)
  if (logic.kind === 'and' && holdsOr(logic))
    return isNever(logic.left, parsed, work) || isNever(logic.right, parsed, work)
  const bounds = boundsOf(logic, parsed, 'condition', work)
  return bounds.some((bound) => bound.isNever) || clash(bounds)
}

function chainBounds(chain: Chain, parsed: ParsedControl, part: Bounded['part'], work: Work): Bounded[] {
  try {
    const lists = new Resolver(work.layout, work.source).sides(chain.sides)
    if (lists.some(({ items }) => items.length === 0)) return []
    return chain.operators.flatMap((operator, at) => {
      const [left, right] = [lists[at], lists[at + 1]]
      if (!left || !right) return []
      const pairs = Math.min(Math.max(left.items.length, right.items.length), mostPairs)
      return Array.from({ length: pairs }, (_, number): Bounded[] => {
        const form = total([
          linearOf(itemAt(left, number), (cell) => work.forms.get(cell)),
          linearOf({ op: 'negate', of: itemAt(right, number) }, (cell) => work.forms.get(cell)),
        ])
        const constraint = form && constraintOf(form, operator, spareOf(form, parsed, part, operator, work.layout))
        return constraint ? [{ ...constraint, parsed, part, cell: [...form.factors.keys()][0] }] : []
      }).flat()
    })
  } catch (problem) {
    if (problem instanceof TooManyCells) return []
    throw problem
  }
}

/** How far both sides together may be off and the comparison still hold: the tolerance, and what rounding takes away. */
function spareOf(
  form: Linear,
  { control }: ParsedControl,
  part: Bounded['part'],
  operator: string,
  layout: Layout,
): Exact {
  const digits = (cell: number): number | undefined => {
    const format = layout.cells[cell]?.cell.format
    return format?.type === 'number' ? format.fraction : undefined
  }
  const rounding = isKeptBy(form, control.precision, digits)
    ? { n: 0n, d: 1n }
    : { n: 1n, d: powerOfTen(control.precision) }
  const tolerant = part === 'rule' && (operator === '=' || operator === '<=' || operator === '>=')
  const fault =
    tolerant && control.fault !== undefined ? exactNumber(canonicalNumber(control.fault) ?? '0') : { n: 0n, d: 1n }
  return { n: rounding.n * fault.d + fault.n * rounding.d, d: rounding.d * fault.d }
}
