import type { FigureState } from '../../../../contracts/indicators.ts'
import type { Tone } from '../../../../web/kit/types.ts'
import type { FigureRow } from './figures.queries.ts'

export const figureStateNames: Record<FigureState, string> = {
  none: 'Не внесено',
  entered: 'Внесено',
  confirmed: 'Подтверждено',
  returned: 'Возвращено',
  published: 'Опубликовано',
}

export const figureTones: Record<FigureState, Tone | undefined> = {
  none: undefined,
  entered: 'wait',
  confirmed: 'ok',
  returned: 'bad',
  published: 'ok',
}

/** A corrected figure that was published is not: what everybody sees is another. */
export function figureState(row: FigureRow | undefined): FigureState {
  if (!row) return 'none'
  if (row.returnedAt) return 'returned'
  if (row.fact === null) return 'none'
  if (!row.confirmedAt) return 'entered'
  const isPublished = row.publishedAt !== null && same(row.plan, row.publishedPlan) && same(row.fact, row.publishedFact)
  return isPublished ? 'published' : 'confirmed'
}

const same = (one: string | null, other: string | null): boolean => one === other

/** Of a computed one: no further than the least advanced of those that it follows from. */
const order: readonly FigureState[] = ['none', 'returned', 'entered', 'confirmed', 'published']
export const leastState = (states: readonly FigureState[]): FigureState =>
  order.find((state) => states.includes(state)) ?? 'none'
