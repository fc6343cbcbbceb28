import type { Total } from '../../../../engine/index.ts'

export const consolidationPhrases = {
  'consolidation.no-form': 'Сводить пока нечего: по этой форме ещё не открывали сбор. Выберите другую форму.',
  'consolidation.no-period': 'За этот период форму не собирали. Выберите другой период.',
  'consolidation.no-cell': ({ cell }: { cell: string }) =>
    `Ячейка ${cell} не сводится: в ней не число, либо такой ячейки в форме нет.`,
  'consolidation.not-summed':
    'Исправить в своде можно только ячейку, которая складывается и заполняется в отчётах. Рассчитанные ячейки изменятся сами.',
  'consolidation.withdrawn': 'Это исправление уже отменено.',
  'consolidation.same': 'В своде уже стоит это число: исправлять нечего.',
  'summary.not-yours': 'Изменить, опубликовать или удалить сводку может тот, кто её создал.',
  'summary.no-place':
    'Опубликовать можно сводку целой территории или региона. Создайте сводку, в которой территория выбрана из списка.',
  'summary.too-few':
    'Публиковать нечего: за каждым числом слишком мало организаций, или его можно вычислить по уже опубликованным сводкам. Возьмите территорию побольше.',
}

export const consolidationNotices = {
  'consolidation.corrected': 'Исправление записано: оно видно у числа и вошло в своды выше',
  'consolidation.withdrawn-now': 'Исправление отменено, число снова складывается только из отчётов',
  'summary.saved': 'Сводка сохранена',
  'summary.published': 'Сводка опубликована: её видно по ссылке без входа',
  'summary.unpublished': 'Публикация снята: ссылка больше не открывается',
  'summary.removed': 'Сводка удалена',
}

export const totalNames: Record<Total, string> = {
  sum: 'сумма по отчётам',
  average: 'среднее по отчётам',
  maximum: 'наибольшее из отчётов',
  minimum: 'наименьшее из отчётов',
  list: 'перечень значений',
  count: 'сколько отчётов заполнили ячейку',
  none: 'не сводится',
}

export const countedStates = {
  sent: 'отправленные и принятые',
  accepted: 'только принятые',
} as const

export const missingStates: Record<string, string> = {
  draft: 'заполняется',
  refused: 'возвращён на исправление',
  sent: 'ещё не принят',
}
