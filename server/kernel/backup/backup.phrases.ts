/** What backup and restore say to the administrator. */
export const phrases = {
  backupUsage:
    'Использование: bin/backup ФАЙЛ\nЗаписывает базу и файлы в один архив. Программу останавливать не нужно.',
  restoreUsage:
    'Использование: bin/restore ФАЙЛ [--replace]\nВосстанавливает базу и файлы из архива bin/backup. Программа должна быть остановлена.\n--replace заменяет то, что уже есть в базе.',
  nothingToBackUp: (dataDirectory: string) =>
    `Копировать нечего: в каталоге данных ${dataDirectory} базы нет. Проверьте DATA_DIR и DATABASE_URL.`,
  notPrepared: 'Копировать нечего: в базе нет таблиц программы. Проверьте DATA_DIR и DATABASE_URL.',
  backedUp: (file: string, { tables, rows, files, bytes }: Amount & { bytes: number }) =>
    `Копия записана в ${file}: таблиц ${tables}, строк ${rows}, файлов ${files}, ${megabytes(bytes)} МБ.`,
  notWritten: (file: string, reason: string) => `Копию в ${file} записать не удалось: ${reason}.`,
  noConnection: (reason: string) => `Соединиться с базой не удалось: ${reason}. Проверьте DATABASE_URL.`,
  refused: (reason: string) => `База не приняла копию: ${reason}. В базе ничего не изменено.`,
  damagedFile: (sha256: string) =>
    `Внимание: файл ${sha256} повреждён, его содержимое не совпадает с именем. В копию он не вошёл.`,
  missingFiles: (count: number) => `Внимание: ${count} файл(ов), на которые ссылается база, нет в хранилище.`,
  filesOutOfReach: (title: string) =>
    `Копия не записана: файлы не прочитать, ${title} не отвечает. Проверьте сеть и повторите.`,
  restoreOutOfReach: (title: string) =>
    `Восстановление прервано: файлы не сохранить, ${title} не отвечает. В базе ничего не изменено. Повторите.`,
  restored: (file: string, { tables, rows, files }: Amount) =>
    `Восстановлено из ${file}: таблиц ${tables}, строк ${rows}, файлов ${files}.`,
  noFile: (file: string) => `Файла ${file} нет или он не читается.`,
  notABackup: (file: string) => `${file} не похож на копию, сделанную bin/backup.`,
  damaged: (file: string, what: string) => `Копия ${file} повреждена (${what}). В базе ничего не изменено.`,
  cutShort: 'архив обрывается',
  wrongSum: (member: string) => `контрольная сумма не сходится: ${member}`,
  newer: (file: string) =>
    `Копия ${file} сделана более новой программой. Восстановите её программой той же версии или новее. В базе ничего не изменено.`,
  otherHistory: (file: string, name: string) =>
    `Копия ${file} сделана другой программой: она знает изменение схемы «${name}», которого здесь нет. В базе ничего не изменено.`,
  notEmpty:
    'В базе уже есть таблицы. Чтобы заменить их содержимым копии, добавьте --replace: прежние данные будут стёрты.',
  programRuns: (connections: number) =>
    `С этой базой сейчас работает программа (соединений: ${connections}). Остановите её на всех узлах и повторите.`,
  stopProgram: (detail: string) => `Для восстановления остановите программу. ${detail}`,
  purposeBackup: 'резервное копирование',
  purposeRestore: 'восстановление из копии',
}

export type Amount = { tables: number; rows: number; files: number }

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1).replace('.', ',')
