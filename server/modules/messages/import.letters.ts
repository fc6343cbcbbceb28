/** What is told when an import of organisations ends. Titles are subjects of letters: they name no file. */
import { formatNumber } from '../../../web/kit/index.ts'
import type { EndedImport, ImportEnding } from '../organisations/index.ts'
import type { Told } from './messages.ts'

const sender = 'Реестр организаций'

export function importEnded(ended: EndedImport, outcome: ImportEnding): Told {
  const { id, fileName, applied, failed, undone, notUndone } = ended
  const href = `/organisations/imports/${id}`
  switch (outcome) {
    case 'applied':
      return {
        kind: 'import.ended',
        title: failed === 0 ? 'Импорт организаций выполнен' : 'Импорт организаций выполнен, но не весь',
        body: `Файл «${fileName}». Выполнено строк: ${formatNumber(applied)}.${
          failed === 0
            ? ''
            : `\n\nНе выполнено: ${formatNumber(failed)}. Почему, сказано в отчёте у каждой строки; исправьте их и загрузите отдельным файлом.`
        }`,
        href,
        action: 'Открыть отчёт',
        sender,
      }
    case 'undone':
      return {
        kind: 'import.ended',
        title: notUndone === 0 ? 'Импорт организаций отменён' : 'Импорт организаций отменён, но не весь',
        body: `Файл «${fileName}». Отменено строк: ${formatNumber(undone)}.${
          notUndone === 0
            ? ''
            : `\n\nОсталось как есть: ${formatNumber(notUndone)}. Почему, сказано у каждой строки отчёта.`
        }`,
        href,
        action: 'Открыть отчёт',
        sender,
      }
    case 'unreadable':
      return {
        kind: 'import.failed',
        title: 'Файл с организациями не прочитан',
        body: `Файл «${fileName}». ${ended.problem ?? ''}\n\nВ реестре ничего не изменилось. Исправьте файл и загрузите его снова.`,
        href,
        action: 'Открыть импорт',
        sender,
      }
    case 'stopped':
      return {
        kind: 'import.failed',
        title: 'Импорт организаций остановился',
        body: `Файл «${fileName}». Работа остановилась из-за ошибки программы; мы её записали. Что сделано, сохранено.\n\nОткройте импорт и нажмите «Продолжить»: он пойдёт с того места, где остановился. Если остановится снова, напишите в поддержку.`,
        href,
        action: 'Открыть импорт',
        sender,
      }
  }
}
