import type { BoardQuery, ProgressState } from '../../../../contracts/campaigns.ts'
import type { ReportState } from '../../../../contracts/reporting.ts'
import type { ShareKind } from '../../../../web/kit/index.ts'

/** Columns of the board in the order of its bars, each with its shade. */
export const columns: readonly (readonly [state: ProgressState, kind: ShareKind, text: string, short: string])[] = [
  ['accepted', 1, 'Принято', 'принято'],
  ['sent', 2, 'На проверке', 'на проверке'],
  ['refused', 3, 'Отклонено', 'отклонено'],
  ['filling', 4, 'Заполняется', 'заполняется'],
  ['untouched', 0, 'Не начато', 'не начато'],
]

export const boardStates: Record<NonNullable<BoardQuery['state']>, string> = {
  overdue: 'Просрочено',
  untouched: 'Не начато',
  filling: 'Заполняется',
  errors: 'Не отправлено, есть ошибки',
  sent: 'На проверке',
  accepted: 'Принято',
  refused: 'Отклонено',
  outside: 'Больше не в круге сбора',
}

/** In a cell of the list: shorter than the manual's words, which stand on the report itself. */
export const rowStates: Record<ReportState, string> = {
  draft: 'Заполняется',
  sent: 'На проверке',
  accepted: 'Принято',
  refused: 'Отклонено',
}

/** The board under its filters; what is as at first is left out. */
export function boardAddress(id: string, query: Partial<BoardQuery> = {}): string {
  const { q, district, state, kind, sort, page = 1 } = query
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries({ q, district, state, kind, sort })) if (value) parts.set(name, value)
  if (page > 1) parts.set('page', String(page))
  return `/campaigns/${id}${parts.size > 0 ? `?${parts}` : ''}`
}
