import type { FigureConflict } from '../../../../contracts/indicators.ts'
import { counted } from '../../../../web/kit/text.ts'

export const phrases = {
  'figures.changed': ({ conflicts }: { conflicts: FigureConflict[] }) =>
    `Пока вы вводили, ${counted(conflicts.length, ['число изменил', 'числа изменил', 'чисел изменил'])} кто-то другой. Ничего не потеряно: ниже оба значения. Оставьте нужное и сохраните ещё раз.`,
}

export const notices = {
  'figures.saved': 'Показатели сохранены',
}
