import type { LetterSample } from '../../../kernel/mail/index.ts'
import { sampleOf } from '../../messages/index.ts'
import { extended } from './extensions.ts'
import { proposed } from './regularly.ts'
import { reminder } from './reminders.ts'
import { substituting } from './substitutions.ts'

const sample = {
  id: '00000000-0000-7000-8000-000000000000',
  formCipher: '85-К',
  campaignTitle: '2026 год',
  organisationName: 'МБДОУ «Детский сад комбинированного вида № 14 „Ромашка“»',
  deadline: new Date('2027-01-20T13:00:00Z'),
  state: 'draft' as const,
  filled: 212,
  total: 446,
}

/** Letters about terms with made-up data, for the gallery of the stand. */
export const termLetterSamples = (): LetterSample[] =>
  [
    reminder(sample, new Date('2027-01-17T04:00:00Z'), 'Europe/Moscow'),
    extended(sample, new Date('2027-01-27T13:00:00Z'), 'Отключение электроэнергии в посёлке'),
    proposed(sample.id, '85-К за 2027 год'),
    substituting({ id: sample.id, shortName: sample.organisationName }, 'Родникова Пелагея Евстигнеевна', {
      startsOn: '2027-01-11',
      endsOn: '2027-01-24',
    }),
  ].map(sampleOf)
