/** What the coordinator asks for: one message a person, with all that it answers for. */
import { counted, formatDate, type PluralForms } from '../../../../../web/kit/index.ts'
import type { LetterSample } from '../../../../kernel/mail/index.ts'
import { sampleOf, type Told } from '../../../messages/index.ts'
import { periodName } from '../../indicators/periods.ts'
import { addressOf, figureForms, measureForms } from '../board.words.ts'
import type { MissingFigure } from './figures.queries.ts'
import type { RemindedMeasure } from './reminders.queries.ts'

type Nudge = { roadmapId: string; shortTitle: string; words: string | null }

/** More are counted: the list itself is behind the link. */
const mostListed = 20

export function lateReminder(nudge: Nudge, measures: readonly RemindedMeasure[]): Told {
  const several = new Set(measures.map(({ region }) => region)).size > 1
  return {
    kind: 'roadmap.reminded',
    title: `Напоминание: просрочено ${counted(measures.length, measureForms)} дорожной карты`,
    body: paragraphs([
      `Координатор дорожной карты «${nudge.shortTitle}» просит отчитаться о мероприятиях, срок которых прошёл.`,
      saidBy(nudge),
      ...listed(
        measures.map((measure) => lineOf(measure, several)),
        measureForms,
      ),
      'Если мероприятие выполнено, отметьте это отчётом и приложите документы. Если нет, напишите, что мешает и когда оно будет выполнено.',
    ]),
    href: hrefOf(nudge, measures),
    action: measures.length === 1 ? 'Открыть мероприятие' : 'Открыть план',
  }
}

const lineOf = ({ regionName, number, title, dueOn, daysLate }: RemindedMeasure, several: boolean): string =>
  `${several ? `${regionName}: ` : ''}${number}. ${title} — срок ${formatDate(dueOn)}, просрочено на ${counted(daysLate, ['день', 'дня', 'дней'])}.`

function hrefOf({ roadmapId }: Nudge, measures: readonly RemindedMeasure[]): string {
  const [first, ...others] = measures
  if (first && others.length === 0) return `/measures/${first.id}`
  const region = others.every((other) => other.region === first?.region) ? first?.region : undefined
  return addressOf(`/roadmaps/${roadmapId}/plan`, { region, state: 'overdue' })
}

type Missing = Pick<MissingFigure, 'region' | 'regionName' | 'title' | 'periodicity' | 'period'>

export function figuresReminder(nudge: Nudge, figures: readonly Missing[]): Told {
  const [first] = figures
  const several = new Set(figures.map(({ region }) => region)).size > 1
  return {
    kind: 'roadmap.figures-reminded',
    title: `Напоминание: не введено ${counted(figures.length, figureForms)} дорожной карты`,
    body: paragraphs([
      `Координатор дорожной карты «${nudge.shortTitle}» просит ввести показатели за период, который закончился.`,
      saidBy(nudge),
      ...listed(
        figures.map(
          ({ regionName, title, periodicity, period }) =>
            `${several ? `${regionName}: ` : ''}${title} — ${periodName(periodicity, period)}.`,
        ),
        figureForms,
      ),
    ]),
    href: addressOf(`/roadmaps/${nudge.roadmapId}/indicators`, { region: several ? undefined : first?.region }),
    action: 'Ввести показатели',
  }
}

const saidBy = ({ words }: Nudge): string => (words ? `Координатор пишет: «${words}»` : '')

function listed(lines: readonly string[], forms: PluralForms): string[] {
  const rest = lines.length - mostListed
  return rest > 0 ? [...lines.slice(0, mostListed), `И ещё ${counted(rest, forms)}.`] : [...lines]
}

const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

const sample: Nudge = {
  roadmapId: '00000000-0000-7000-8000-000000000000',
  shortTitle: 'Профессиональные стандарты в пожарной безопасности',
  words: 'На следующей неделе докладываем о ходе плана, сведения нужны к среде.',
}
const late = (number: string, title: string): RemindedMeasure => ({
  id: sample.roadmapId,
  region: '00',
  regionName: 'Светлореченская область',
  part: '',
  number,
  title,
  dueOn: '2026-06-15',
  daysLate: 160,
})

export const reminderLetterSamples = (): LetterSample[] =>
  [
    lateReminder(sample, [
      late('1.6', 'Согласование порядка взаимодействия с центрами оценки квалификации'),
      late('2.4', 'Обучение специалистов по пожарной профилактике, первый поток'),
    ]),
    figuresReminder(sample, [
      {
        region: '00',
        regionName: 'Светлореченская область',
        title: 'Обучено по профессиональным стандартам',
        periodicity: 'quarter',
        period: '2026-07-01',
      },
    ]),
  ].map(sampleOf)
