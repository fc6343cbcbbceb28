/** What the operators of regions are told when the template changes their plans. */
import { formatDate } from '../../../../web/kit/dates.ts'
import type { LetterSample } from '../../../kernel/mail/index.ts'
import { sampleOf, type Told } from '../../messages/index.ts'
import type { MeasureRow } from './measures.queries.ts'

export type TemplateChange = 'term' | 'cancelled' | 'restored'
type Planned = Pick<MeasureRow, 'id' | 'number' | 'title' | 'dueOn'>

const titles: Record<TemplateChange, (number: string) => string> = {
  term: (number) => `Изменён срок мероприятия ${number}`,
  cancelled: (number) => `Отменено мероприятие ${number}`,
  restored: (number) => `Мероприятие ${number} снова в плане`,
}

const bodies: Record<TemplateChange, (measure: Planned) => string> = {
  term: ({ number, title, dueOn }) =>
    `Координатор изменил в плане вашего региона срок мероприятия ${number} «${title}». Теперь его нужно выполнить до ${formatDate(dueOn)} включительно.`,
  cancelled: ({ number, title }) =>
    `Координатор отменил мероприятие ${number} «${title}». Выполнять его и отчитываться по нему больше не нужно.`,
  restored: ({ number, title, dueOn }) =>
    `Координатор вернул в план мероприятие ${number} «${title}». Его нужно выполнить до ${formatDate(dueOn)} включительно.`,
}

/** @param measure the copy of the operator's own region */
export const templateChanged = (measure: Planned, what: TemplateChange, reason: string): Told => ({
  kind: 'measure.changed',
  title: titles[what](measure.number),
  body: `${bodies[what](measure)}\n\nПричина: «${reason}».`,
  href: `/measures/${measure.id}`,
  action: 'Открыть мероприятие',
})

const sample: Planned = {
  id: '00000000-0000-7000-8000-000000000000',
  number: '1.5',
  title: 'Утверждение регионального графика независимой оценки квалификации',
  dueOn: '2027-03-31',
}

export const measureLetterSamples = (): LetterSample[] =>
  (['term', 'cancelled', 'restored'] as const).map((what) =>
    sampleOf(templateChanged(sample, what, 'Центры оценки квалификации откроются позже')),
  )
