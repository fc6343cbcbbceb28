export const discussionPhrases = {
  'report.thread-missing':
    'Этого обсуждения уже нет. Обновите страницу и напишите новый комментарий: набранное можно скопировать отсюда.',
  'report.not-concerned':
    'Отметить можно только тех, кто заполняет или проверяет этот отчёт. Обновите страницу и выберите из списка.',
  'report.unknown-attachment-kind': 'Такого вида файла форма не просит. Обновите страницу и выберите из списка.',
  'report.attachments-missing': ({ names }: { names: string[] }) =>
    `Отчёт не отправлен: не хватает файлов: ${names.map((name) => `«${name}»`).join(', ')}. Приложите их в блоке «Приложения», выбрав вид файла, и отправьте снова.`,
}

export const discussionNotices = {
  'report.answered': 'Ответ добавлен',
  'report.thread-resolved': 'Обсуждение закрыто',
  'report.thread-reopened': 'Обсуждение открыто снова',
  'report.comments-read': 'Комментарии отмечены прочитанными',
}
