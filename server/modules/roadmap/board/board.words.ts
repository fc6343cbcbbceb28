import type {
  LateFilter,
  LateQuery,
  LateReason,
  RegionShow,
  RoadmapBoardQuery,
} from '../../../../contracts/roadmap-board.ts'
import type { MeasureState, measureStates } from '../../../../contracts/roadmaps.ts'
import type { HeatMark, PluralForms } from '../../../../web/kit/index.ts'

export const regionForms: PluralForms = ['регион', 'региона', 'регионов']
export const figureForms: PluralForms = ['показатель', 'показателя', 'показателей']
export const measureForms: PluralForms = ['мероприятие', 'мероприятия', 'мероприятий']

export const marksOfStates: Record<MeasureState, HeatMark> = {
  planned: 'ring',
  going: 'dots',
  overdue: 'alert',
  done: 'check',
  'done-late': 'check-late',
  cancelled: 'cross',
}

/** From what is done to what is not there any more: the order of legends and bars. */
export const statesInOrder = [
  'done',
  'done-late',
  'going',
  'overdue',
  'planned',
  'cancelled',
] as const satisfies readonly (typeof measureStates)[number][]

export const regionShowNames: Record<RegionShow, string> = {
  late: 'Только с опозданием',
  clean: 'Без опозданий',
}

export const lateReasonNames: Record<LateReason, string> = {
  silent: 'Ни одного отчёта',
  remarks: 'Есть открытые замечания',
  waits: 'Ждёт другое мероприятие',
}

/** What is as at first is left out. */
export const boardAddress = (id: string, query: Partial<RoadmapBoardQuery> = {}): string =>
  addressOf(`/roadmaps/${id}/board`, query)

export const lateAddress = (id: string, { page = 1, ...query }: Partial<LateQuery> = {}): string =>
  addressOf(`/roadmaps/${id}/board/late`, { ...query, page: page > 1 ? page : undefined })

export const filterOf = ({ q, region, section, measure, why }: LateFilter): LateFilter => ({
  q,
  region,
  section,
  measure,
  why,
})

export function addressOf(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) parts.set(name, String(value))
  return parts.size > 0 ? `${path}?${parts}` : path
}
