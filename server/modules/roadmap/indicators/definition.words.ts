import type { Better, Breaks, IndicatorLevel, IndicatorSource, Merging } from '../../../../contracts/indicators.ts'

export const sourceNames: Record<IndicatorSource, string> = {
  entered: 'Вносит регион',
  computed: 'Считается по формуле',
  reporting: 'Берётся из отчётности',
}
export const betterNames: Record<Better, string> = {
  more: 'Чем больше, тем лучше',
  less: 'Чем меньше, тем лучше',
  neither: 'Не важно',
}
export const levelNames: Record<IndicatorLevel, string> = {
  region: 'Региона',
  country: 'Всей страны, вносит координатор',
}
export const mergingNames: Record<Merging, string> = {
  sum: 'Сумма',
  average: 'Среднее',
  weighted: 'Среднее, взвешенное по другому показателю',
  max: 'Наибольшее',
  min: 'Наименьшее',
  none: 'Числа страны нет',
}
export const breaksNames: Record<Breaks, string> = {
  quantile: 'Поровну регионов в каждом',
  equal: 'Равные промежутки',
  natural: 'По естественным разрывам',
}
