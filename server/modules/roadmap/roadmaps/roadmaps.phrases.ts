import { counted } from '../../../../web/kit/text.ts'

export const roadmapsPhrases = {
  'roadmap.taken-code': 'Дорожная карта с таким адресом уже есть. Придумайте другой.',
  'roadmap.term-before-start': 'Срок раньше первого дня. Исправьте один из них.',
  'roadmap.not-ready': ({ missing }: { missing: readonly string[] }) =>
    `Опубликовать пока нельзя, не хватает: ${missing.join(', ')}. Добавьте и попробуйте снова.`,
  'roadmap.published-already': 'Дорожная карта уже опубликована. Обновите страницу.',
  'roadmap.not-published': 'Дорожная карта не опубликована. Обновите страницу.',
  'roadmap.regions-unknown': ({ codes }: { codes: readonly string[] }) =>
    `Таких регионов нет в справочнике: ${codes.join(', ')}.`,
  'roadmap.regions-with-facts': ({ regions }: { regions: readonly string[] }) =>
    `Ничего не изменено. Нельзя убрать: ${regions.join(', ')}. Там уже отчитались о мероприятиях, ввели показатели или дополнили план, и это пропало бы.`,
  'roadmap.section-with-measures': ({ measures }: { measures: number }) =>
    `Раздел не удалён: в нём ${counted(measures, ['мероприятие', 'мероприятия', 'мероприятий'])}. Сначала перенесите их в другой раздел.`,
  'roadmap.section-with-indicators': 'Раздел не удалён: к нему относятся показатели. Сначала перенесите их в другой.',
}

export const roadmapsNotices = {
  'roadmap.created': 'Дорожная карта создана. Регионы увидят её, когда вы её опубликуете',
  'roadmap.changed': 'Настройки сохранены',
  'roadmap.regions-changed': 'Регионы сохранены',
  'roadmap.published': 'Дорожная карта опубликована: её видят регионы и все, кто откроет её страницу',
  'roadmap.unpublished': 'Публикация снята: дорожную карту видят только администратор и координатор',
  'roadmap.section-added': 'Раздел добавлен',
  'roadmap.section-changed': 'Раздел изменён',
  'roadmap.section-moved': 'Порядок разделов изменён',
  'roadmap.section-removed': 'Раздел удалён',
}
