import type { ImportOutcome, ImportState } from '../../../../contracts/imports.ts'

export const importsPhrases = {
  'imports.unreadable': ({ why }: { why: string }) => why,
  'imports.wrong-state': ({ state }: { state: ImportState }) =>
    `Этого с импортом уже не сделать: сейчас он «${importStateNames[state]}». Обновите страницу.`,
  'imports.nothing-to-do':
    'В файле нет строк, которые что-нибудь добавят или изменят. Исправьте файл и загрузите снова.',
}

export const importsNotices = {
  'import.uploaded': 'Файл загружен, проверяем строки',
  'import.confirmed': 'Импорт начат',
  'import.cancelled': 'Импорт остановлен',
  'import.resumed': 'Продолжаем с того места, где остановились',
  'import.undo-ordered': 'Отменяем импорт',
}

export const importStateNames: Record<ImportState, string> = {
  reading: 'читается',
  checking: 'проверяется',
  ready: 'ждёт подтверждения',
  applying: 'выполняется',
  applied: 'выполнен',
  undoing: 'отменяется',
  undone: 'отменён',
  cancelled: 'не выполнялся',
  unreadable: 'не прочитан',
}

export const outcomeNames: Record<ImportOutcome, string> = {
  add: 'добавить',
  change: 'изменить',
  same: 'без изменений',
  wrong: 'ошибка',
}

/** What is wrong with a line: said in its report, whoever reads it has the file before its eyes. */
export const lineProblems = {
  unknownWord: (title: string, typed: string, known: readonly string[]) =>
    `${title}: «${typed}» нет в справочнике. Подходит: ${known.join(', ')}`,
  twice: (line: number) => `Организация с этим ИНН уже стоит в строке ${line}: оставьте одну`,
  higherMissing: (inn: string) => `Вышестоящей организации с ИНН ${inn} нет ни в реестре, ни в файле`,
  higherOwn: 'Организация не может стоять под собой',
  higherForeign: 'Вышестоящая организация не из тех, которые вы ведёте',
  higherWrong: (line: number) => `Вышестоящая организация из строки ${line} не будет добавлена: исправьте ту строку`,
  higherRing: 'Вышестоящие организации указывают друг на друга по кругу',
  higherNeeded: 'Подразделение и филиал стоят под своей организацией: укажите её ИНН как вышестоящей',
  foreignRegion: 'Регион не из тех, которые вы ведёте, или его нет в справочнике',
  several:
    'Подразделений с этим ИНН под этой организацией несколько: укажите КПП или полное наименование как в реестре',
  missingForNew: 'Такой организации в реестре нет, а для новой',
  appearedSince: 'Пока файл ждал подтверждения, организация появилась в реестре. Загрузите файл ещё раз',
  changedSince: 'Пока файл ждал подтверждения, организацию изменили. Загрузите файл ещё раз',
  higherFailed: 'Вышестоящая организация из этого файла не добавлена',
  broken: 'Строка не выполнена из-за ошибки программы, мы её записали. Загрузите строку ещё раз отдельным файлом',
}

export const undoProblems = {
  changedSince: 'После импорта организацию изменили: прежние сведения не возвращены',
  hanging: (what: string) => `Организация осталась: с ней уже связано (${what})`,
  refused: (why: string) => `Не получилось: ${why}`,
}
