import { formatDate } from '../../../../../web/kit/dates.ts'
import { counted } from '../../../../../web/kit/text.ts'

export const progressPhrases = {
  'measure.cancelled': 'Мероприятие отменено: сообщать о нём больше не нужно. Обновите страницу.',
  'measure.reported-meanwhile': ({ by }: { by: string }) =>
    `Пока вы писали, о мероприятии сообщил другой человек${by ? `: ${by}` : ''}. Посмотрите его отчёт ниже и, если ваш ещё нужен, отправьте снова.`,
  'measure.done-in-future': ({ today }: { today: string }) =>
    `День выполнения ещё не наступил. Укажите день не позже сегодняшнего, ${formatDate(today)}.`,
  'measure.done-too-early': ({ from }: { from: string }) =>
    `День выполнения раньше начала дорожной карты, ${formatDate(from)}. Проверьте год.`,
  'measure.day-missing':
    'Сделано 100 %: укажите день, когда мероприятие выполнено, или меньшую долю, если работа ещё идёт.',
  'measure.evidence-missing': ({ kinds }: { kinds: string[] }) =>
    `Отчёт не отправлен: выполнение подтверждают документы, не хватает: ${kinds.map((kind) => `«${kind}»`).join(', ')}. Приложите их и отправьте снова.`,
  'measure.unknown-evidence': 'Такого вида документа у мероприятия нет. Обновите страницу и выберите файлы снова.',
  'measure.wrong-file': ({ name }: { name: string }) =>
    `Файл «${name}» приложить нельзя. Подойдут PDF, PNG, JPG и документы Word, Excel или OpenDocument (docx, xlsx, odt, ods).`,
  'measure.large-file': ({ name }: { name: string }) =>
    `Файл «${name}» больше 5 МБ. Сохраните его поменьше или разделите на несколько.`,
  'measure.too-many-files': ({ most }: { most: number }) =>
    `К одному отчёту можно приложить не больше ${counted(most, ['файла', 'файлов', 'файлов'])}. Соберите документы в один файл.`,
  'measure.report-settled':
    'Этот отчёт уже возвращён, отозван, или после него отправлен другой. Обновите страницу и посмотрите последний.',
  'measure.remark-settled': 'Замечание уже снято. Обновите страницу.',
}

export const progressNotices = {
  'measure.reported': 'Отчёт о ходе мероприятия отправлен',
  'measure.report-withdrawn': 'Отчёт отозван',
  'measure.report-returned': 'Отчёт возвращён региону',
  'measure.remarked': 'Замечание отправлено региону',
  'measure.remark-answered': 'Ответ отправлен координатору',
  'measure.remark-settled': 'Замечание снято',
  'measure.remark-reopened': 'Замечание открыто снова',
}
