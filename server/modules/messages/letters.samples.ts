/** Letters of messages with made-up data, for the gallery of the stand. */
import type { LetterSample } from '../../kernel/mail/index.ts'
import { digestLetter } from './digest.ts'
import { importEnded } from './import.letters.ts'
import { letterOf, type Told } from './messages.ts'
import { given, offered, refused, taken } from './seat.letters.ts'

const to = 'rodnikova@poliklinika.example'
const id = '00000000-0000-7000-8000-000000000000'

const offer = {
  id,
  organisationId: id,
  organisationName: 'Администрация Заречного сельского поселения Верхнеозёрского района',
  byName: 'Вознесенский Аркадий Львович',
  toName: 'Родникова Пелагея Евстигнеевна',
}

const ended = {
  id,
  fileName: 'Школы района.xlsx',
  createdBy: id,
  problem: 'В файле нет строк под заголовками. Впишите в него организации.',
  applied: 1248,
  failed: 3,
  undone: 0,
  notUndone: 0,
}

/** The letter of what is told, as one of the gallery. */
export const sampleOf = (told: Told): LetterSample => ({ name: told.kind, letter: { ...letterOf(told, id), to } })

export const messagesLetterSamples = async (): Promise<LetterSample[]> => [
  ...[offered(offer), taken(offer), given(offer, true), refused(offer)].map(sampleOf),
  ...(['applied', 'unreadable'] as const).map((outcome) => sampleOf(importEnded(ended, outcome))),
  {
    name: 'Сводка за день',
    letter: {
      ...digestLetter(
        ['Отчёт 85-К за 2026 год принят', 'Новый комментарий к отчёту 1-РШ за 2026 год'].map((title) => ({
          title,
          sender: 'Управление образования Верхнеозёрского района',
          createdAt: new Date('2026-01-19T09:30:00Z'),
        })),
      ),
      to,
    },
  },
]
