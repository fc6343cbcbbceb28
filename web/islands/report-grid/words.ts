import { counted } from '../../kit/text.ts'
import type { SavingState } from './saving.ts'
import type { Rectangle } from './selection.ts'

const cellForms = ['ячейка', 'ячейки', 'ячеек'] as const

export const cells = (count: number): string => counted(count, cellForms)

/** As what somebody has changed: «1 ячейку». */
export const cellsChanged = (count: number): string => counted(count, ['ячейку', 'ячейки', 'ячеек'])

let timeZone: string | undefined

/** As the page itself, wherever the computer is. */
export const tellTimesIn = (zone: string): void => {
  timeZone = zone
}

const clock = (moment: Date | string): string =>
  new Date(moment).toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit', timeZone })

const day = (moment: Date | string): string => new Date(moment).toLocaleDateString('ru', { timeZone })

export const timeWords = (moment: Date | string): string =>
  day(moment) === day(new Date()) ? clock(moment) : `${day(moment)}, ${clock(moment)}`

/** The line beside the heading of the section. */
export function savingWords(state: SavingState): string {
  switch (state.kind) {
    case 'untouched':
      return 'Введённое сохраняется само'
    case 'unsaved':
      return 'Есть несохранённое'
    case 'sending':
      return 'Сохраняется…'
    case 'saved':
      return `Сохранено в ${clock(state.at)}`
    case 'offline':
      return state.lasts
        ? `Нет связи: введённое хранится на этом компьютере и уйдёт само, ${cells(state.cells)}`
        : `Нет связи: не закрывайте страницу, введённое уйдёт само, ${cells(state.cells)}`
    case 'signed-out':
      return `Вход закончился: войдите в новом окне, введённое сохранено на этом компьютере, ${cells(state.cells)}`
    case 'stopped':
      return `${state.text} Введённое осталось на этом компьютере: ${cells(state.cells)}`
  }
}

export const isTrouble = ({ kind }: SavingState): boolean =>
  kind === 'offline' || kind === 'signed-out' || kind === 'stopped'

export type Pasted = { taken: number; skipped: number; refused: number; outside: number }

/** What came of pasting a block: «Вставлено: 38 ячеек. Пропущено: 4 ячейки, они не заполняются или рассчитываются сами.» */
export function pastedWords({ taken, skipped, refused, outside }: Pasted): string {
  return [
    `Вставлено: ${cells(taken)}.`,
    skipped ? `Пропущено: ${cells(skipped)}, они не заполняются или рассчитываются сами.` : '',
    outside ? `Не поместилось в таблицу: ${cells(outside)}.` : '',
    refused ? `Не принято: ${cells(refused)}, остальное на месте.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

export const selectedWords = ({ top, left, bottom, right }: Rectangle): string =>
  `Выделено: ${cells((bottom - top + 1) * (right - left + 1))}, строк ${bottom - top + 1}, граф ${right - left + 1}`
