import type { FigureConflict } from '../../../../contracts/indicators.ts'
import { counted } from '../../../../web/kit/text.ts'

export const phrases = {
  'figures.changed': ({ conflicts }: { conflicts: FigureConflict[] }) =>
    `Пока вы вводили, ${counted(conflicts.length, ['число изменил', 'числа изменил', 'чисел изменил'])} кто-то другой. Ничего не потеряно: ниже оба значения. Оставьте нужное и сохраните ещё раз.`,
  'figures.decided': ({ titles }: { titles: string[] }) =>
    `Ничего не сделано: пока вы смотрели, изменилось или уже решено: ${titles.join('; ')}. Обновите страницу и проверьте ещё раз.`,
  'figures.unexplained': ({ titles }: { titles: string[] }) =>
    `Ничего не подтверждено: есть предупреждения без пояснения: ${titles.join('; ')}. Верните эти показатели оператору с вопросом или снимите с них отметку.`,
  'indicator.in-use': ({ titles }: { titles: string[] }) =>
    `В архив убрать нельзя: через этот показатель считается ${titles.map((title) => `«${title}»`).join(', ')}. Сначала исправьте или уберите их.`,
  'figures.nothing-to-publish':
    'Публиковать нечего: подтверждённых показателей, которые ещё не опубликованы, за этот период нет.',
}

export const notices = {
  'figures.saved': 'Показатели сохранены',
  'indicator.added': 'Показатель добавлен',
  'indicator.saved': 'Описание показателя сохранено',
  'indicator.archived': 'Показатель в архиве: его больше не вносят, числа сохранены',
  'indicator.restored': 'Показатель возвращён из архива',
  'figures.confirmed': 'Показатели подтверждены',
  'figures.returned': 'Показатели возвращены, операторы регионов получат сообщение',
  'figures.published': 'Показатели опубликованы: их видят все',
}
