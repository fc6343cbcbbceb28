/** What is told about measures: returned reports and remarks. */
import type { LetterSample } from '../../../../kernel/mail/index.ts'
import { sampleOf, type Told } from '../../../messages/index.ts'
import type { MeasureRow } from '../measures.queries.ts'
import { termsRecalled } from './terms.ts'

export type Named = Pick<MeasureRow, 'id' | 'number' | 'title' | 'regionName'>

const nameOf = ({ number, title, regionName }: Named): string =>
  `«${number}. ${title}»${regionName ? ` (${regionName})` : ''}`

export const reportReturned = (measure: Named, reason: string): Told => ({
  kind: 'measure.returned',
  title: `Отчёт о мероприятии ${measure.number} возвращён`,
  body: `Координатор вернул отчёт о мероприятии ${nameOf(measure)}.\n\nПричина: ${reason}\n\nИсправьте и отправьте отчёт снова: до этого мероприятие считается таким, каким было прежде.`,
  href: `/measures/${measure.id}#progress`,
  action: 'Исправить отчёт',
})

export const remarked = (measure: Named, text: string): Told => ({
  kind: 'measure.remarked',
  title: `Замечание к мероприятию ${measure.number}`,
  body: `Координатор написал замечание к мероприятию ${nameOf(measure)}.\n\n${text}\n\nОтветьте на него на странице мероприятия.`,
  href: `/measures/${measure.id}#remarks`,
  action: 'Ответить на замечание',
})

export const remarkReopened = (measure: Named, text: string): Told => ({
  kind: 'measure.remarked',
  title: `Замечание к мероприятию ${measure.number} открыто снова`,
  body: `Координатор снова открыл замечание к мероприятию ${nameOf(measure)}: ответа недостаточно.\n\n${text}`,
  href: `/measures/${measure.id}#remarks`,
  action: 'Ответить на замечание',
})

export const remarkAnswered = (measure: Named, answer: string): Told => ({
  kind: 'measure.remark-answered',
  title: `Ответ на замечание к мероприятию ${measure.number}`,
  body: `На замечание к мероприятию ${nameOf(measure)} ответили.\n\n${answer}\n\nСнимите замечание или откройте его снова.`,
  href: `/measures/${measure.id}#remarks`,
  action: 'Посмотреть ответ',
})

export const remarkSettled = (measure: Named): Told => ({
  kind: 'measure.remark-settled',
  title: `Замечание к мероприятию ${measure.number} снято`,
  body: `Координатор принял ответ и снял замечание к мероприятию ${nameOf(measure)}.`,
  href: `/measures/${measure.id}#remarks`,
  action: 'Открыть мероприятие',
})

const sample: Named & { id: string } = {
  id: '00000000-0000-7000-8000-000000000000',
  number: '2.5',
  title: 'Обучение специалистов по пожарной профилактике, второй поток',
  regionName: 'Светлореченская область',
}

/** Letters about measures with made-up data, for the gallery of the stand. */
export function progressLetterSamples(): LetterSample[] {
  const due = { ...sample, roadmapId: sample.id, region: '00', sectionId: sample.id }
  return [
    termsRecalled(
      [
        { ...due, regionName: 'Светлореченская область', number: '1.6', dueOn: '2026-06-15' },
        { ...due, regionName: 'Светлореченская область', dueOn: '2026-06-26' },
      ],
      '2026-06-23',
    ),
    reportReturned(sample, 'В приказе нет подписи руководителя.'),
    remarked(sample, 'Приложите список обученных с номерами удостоверений.'),
    remarkReopened(sample, 'Приложите список обученных с номерами удостоверений.'),
    remarkAnswered(sample, 'Список приложен к отчёту от 20.11.2026.'),
    remarkSettled(sample),
  ].map(sampleOf)
}
