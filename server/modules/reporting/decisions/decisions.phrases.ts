import type { DecisionOutcome, RemarkState } from '../../../../contracts/decisions.ts'
import type { ReportState } from '../../../../contracts/reporting.ts'
import type { Tone } from '../../../../web/kit/types.ts'

/** The words of the manual, as its states are called in a sentence. */
const states: Record<ReportState, string> = {
  draft: 'Заполняется',
  sent: 'На проверке в вышестоящей организации',
  accepted: 'Принято',
  refused: 'Отклонено',
}

export const decisionPhrases = {
  'report.not-sent': ({ state }: { state: ReportState }) => `Решение уже не нужно: отчёт сейчас «${states[state]}».`,
  'report.not-returnable':
    'Возвращать нечего: отчёт не на проверке и не принят. Обновите страницу, чтобы увидеть, что с ним стало.',
  'report.decided-meanwhile': ({ level }: { level: string | null }) =>
    level
      ? `Пока вы смотрели отчёт, по нему решил другой человек: сейчас он на уровне «${level}». Обновите страницу.`
      : 'Пока вы смотрели отчёт, его вернули и отправили снова. Обновите страницу и посмотрите, что в нём изменилось.',
  'report.level-not-named': ({ code }: { code: string }) =>
    `Отчёт принимают по уровням. Назовите в level код уровня, на котором принимаете: сейчас отчёт ждёт на уровне ${code}.`,
  'report.level-not-yours': ({ level }: { level: string }) =>
    `Отчёт ждёт решения на уровне «${level}». Решает тот, кому поручена проверка на этом уровне или выше.`,
  'report.second-level': ({ level }: { level: string }) =>
    `Вы уже приняли этот отчёт на другом уровне. На уровне «${level}» должен решить другой человек.`,
  'remark.not-yours': 'Замечание может отметить тот, кто заполняет отчёт, пока отчёт открыт для исправления.',
  'remark.no-cell': 'Такой ячейки в отчёте нет. Проверьте раздел, строку и графу.',
  'signature.missing':
    'Отчёт не отправлен: форма требует квалифицированной подписи. Откройте «Подпись», скачайте файл отчёта, подпишите его и загрузите подпись.',
  'signature.other-content':
    'Отчёт не отправлен: после подписания в нём изменились числа. Откройте «Подпись», скачайте файл заново, подпишите его и загрузите новую подпись.',
  'signature.unreadable':
    'Это не файл подписи. Нужна отсоединённая подпись в формате CMS (файл .sig или .p7s) с сертификатом внутри.',
  'signature.attached':
    'В файле подпись вместе с данными. Подпишите ещё раз и выберите отсоединённую подпись: данные остаются отдельным файлом.',
  'signature.wrong':
    'Подпись не подошла к этому отчёту: она поставлена под другим содержимым или повреждена. Если числа менялись, скачайте файл отчёта заново и подпишите его.',
  'signature.algorithm':
    'Такая подпись не проверяется: нужна подпись по ГОСТ Р 34.10-2012 с ключом 256 бит и один подписант.',
  'signature.expired': ({ from, to }: { from: string; to: string }) =>
    `Сертификат подписи сейчас не действует: срок с ${from} по ${to}. Подпишите действующим сертификатом.`,
  'signature.not-needed': 'Форма этого отчёта не требует подписи: отправьте его без неё.',
  'handover.unfit': 'Передать проверку можно тому, кто работает в той же организации, что и вы.',
  'handover.days': 'Последний день передачи раньше первого или уже прошёл.',
  'handover.nothing': 'Передавать нечего: вы сами не решаете по отчётам, которые выбраны.',
}

export const decisionNotices = {
  'report.risen': 'Отчёт принят на вашем уровне и передан на следующий',
  'remark.written': 'Замечание записано, организация увидит его, когда вы отклоните отчёт',
  'remark.removed': 'Замечание убрано',
  'remark.settled': 'Отмечено',
  'signature.put': 'Подпись проверена и сохранена, отчёт можно отправить',
  'handover.made': 'Проверка передана, коллеге отправлено сообщение',
  'handover.ended': 'Передача закончена',
}

export const outcomeNames: Record<DecisionOutcome, string> = {
  accepted: 'Принято',
  refused: 'Отклонено',
  passed: 'Уровень пропущен',
  returned: 'Возвращено на редактирование',
}

export const remarkStates: Record<RemarkState, string> = {
  open: 'Не исправлено',
  mended: 'Исправлено',
  answered: 'Есть ответ',
}
export const remarkTones: Record<RemarkState, Tone> = { open: 'bad', mended: 'ok', answered: 'wait' }
