import type { Periodicity } from '../../../../contracts/indicators.ts'
import { counted } from '../../../../web/kit/text.ts'
import type { LetterSample } from '../../../kernel/mail/index.ts'
import { sampleOf, type Told } from '../../messages/index.ts'
import { periodName } from './periods.ts'

export type ReturnedFigures = {
  roadmapId: string
  region: string
  regionName: string
  periodicity: Periodicity
  period: string
  titles: readonly string[]
  reason: string
}

export function figuresReturned(returned: ReturnedFigures): Told {
  const { roadmapId, region, regionName, periodicity, period, titles, reason } = returned
  const query = new URLSearchParams({ region, period, periodicity })
  return {
    kind: 'figures.returned',
    title: `Возвращено за ${periodName(periodicity, period)}: ${counted(titles.length, ['показатель', 'показателя', 'показателей'])}`,
    body: `Координатор вернул показатели региона «${regionName}»: ${titles.map((title) => `«${title}»`).join(', ')}. Причина: «${reason}». Исправьте их или напишите пояснение и сохраните.`,
    href: `/roadmaps/${roadmapId}/indicators?${query}`,
    action: 'Открыть показатели',
  }
}

export const figuresLetterSamples = (): LetterSample[] => [
  sampleOf(
    figuresReturned({
      roadmapId: '00000000-0000-7000-8000-000000000000',
      region: '00',
      regionName: 'Светлореченская область',
      periodicity: 'quarter',
      period: '2026-07-01',
      titles: ['Обучено по профессиональным стандартам'],
      reason: 'Стало вдвое больше, чем в прошлом квартале. Проверьте, пожалуйста',
    }),
  ),
]
