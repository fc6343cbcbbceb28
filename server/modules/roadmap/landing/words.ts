import type { Breaks, Periodicity } from '../../../../contracts/indicators.ts'
import { capital, formatDateTime } from '../../../../web/kit/index.ts'
import { periodName } from '../indicators/periods.ts'
import type { MapFigure } from './map-figures.ts'
import type { RoadmapSnapshot } from './snapshot.ts'

export const breakNames: Record<Breaks, string> = {
  quantile: 'поровну регионов',
  equal: 'равные интервалы',
  natural: 'естественные границы',
}

export const updatedPhrase = ({ roadmap: { changedAt, timeZone } }: RoadmapSnapshot): string =>
  `Обновлено ${formatDateTime(changedAt, timeZone, 'named')}`

/** «III квартал 2026 года»; what is told as of now has no period. */
export const periodOf = ({ indicator }: MapFigure, period: string | undefined): string | undefined =>
  indicator && period !== undefined ? periodTold(indicator.periodicity, period) : undefined

export const periodTold = (periodicity: Periodicity, first: string): string => capital(periodName(periodicity, first))

/** Under a chart there is little room: «II кв. 2026». */
export const periodShort = (periodicity: Periodicity, first: string): string =>
  periodTold(periodicity, first)
    .replace(' квартал ', ' кв. ')
    .replace(' полугодие ', ' пол. ')
    .replace(/ года?$/, '')

/** «Вовлечено в проект, человек»; per cent stand in the title already. */
export const titleWithUnit = ({ title, unit, indicator }: MapFigure): string =>
  indicator && unit !== '%' ? `${title}, ${unit}` : title
