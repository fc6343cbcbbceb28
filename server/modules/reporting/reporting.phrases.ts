import type { ReportProblem } from '../../../contracts/checks.ts'
import type { FormProblem } from '../../../contracts/forms.ts'
import type { ReportState } from '../../../contracts/reporting.ts'
import { counted } from '../../../web/kit/text.ts'
import type { Tone } from '../../../web/kit/types.ts'
import { notices as campaignNotices, phrases as campaignPhrases } from './campaigns/campaigns.phrases.ts'
import { consolidationNotices, consolidationPhrases } from './consolidation/consolidation.phrases.ts'
import { decisionNotices, decisionPhrases } from './decisions/decisions.phrases.ts'
import { designerNotices, designerPhrases } from './designer/designer.phrases.ts'
import { discussionNotices, discussionPhrases } from './discussion/discussion.phrases.ts'
import { exchangeNotices, exchangePhrases } from './exchange/exchange.phrases.ts'

/** Words of manual 2, section 3. */
export const reportStates: Record<ReportState, string> = {
  draft: 'Заполняется',
  sent: 'На проверке в вышестоящей организации',
  accepted: 'Принято',
  refused: 'Отклонено',
}

export const stateTones: Record<ReportState, Tone | undefined> = {
  draft: undefined,
  sent: 'wait',
  accepted: 'ok',
  refused: 'bad',
}

export const errorForms = ['ошибка', 'ошибки', 'ошибок'] as const
export const warningForms = ['предупреждение', 'предупреждения', 'предупреждений'] as const
const cellForms = ['ячейка', 'ячейки', 'ячеек'] as const

export const phrases = {
  'report.not-open': ({ state }: { state: ReportState }) =>
    `Изменить или отправить отчёт сейчас нельзя: он «${reportStates[state]}». Чтобы исправить его, попросите вышестоящую организацию вернуть отчёт.`,
  'report.has-errors': ({ problems }: { problems: ReportProblem[] }) =>
    `Отчёт не отправлен: в нём ${counted(problems.filter(({ level }) => level === 'error').length, errorForms)}. Исправьте их по списку результатов проверки и отправьте снова.`,
  'report.unexplained': ({ count }: { count: number }) =>
    `Отчёт не отправлен: без пояснения ${counted(count, warningForms)}. Исправьте числа или напишите у каждого в результатах проверки, почему так и должно быть.`,
  'report.pulls-changed': ({ count }: { count: number }) =>
    `Отчёт не отправлен: с тех пор как вы его смотрели, в других отчётах изменились числа, подтянуто заново: ${counted(count, cellForms)}. Посмотрите изменения над таблицей, нажмите «Просмотрено» и отправьте снова.`,
  'report.other-person':
    'Это введено под другим именем: сейчас в этом браузере вошёл другой человек. Войдите снова под своим именем.',
  'report.reason-missing':
    'Отчёт вернули, и форма просит назвать причину изменений. Напишите её над таблицей и сохраните ещё раз.',
  'report.cells-unsaved': ({ count }: { count: number }) =>
    `Сохранено не всё: ${counted(count, cellForms)} нужно исправить. Остальное сохранено.`,
  'report.too-many-files': ({ most }: { most: number }) =>
    `К отчёту приложено уже ${counted(most, ['файл', 'файла', 'файлов'])}, больше нельзя. Удалите ненужный или соберите документы в один файл.`,
  'report.wrong-file':
    'Такой файл приложить нельзя. Подойдут PDF, PNG, JPG и документы Word, Excel или OpenDocument (docx, xlsx, odt, ods).',
  'report.file-missing': 'Выберите файл, который нужно приложить.',
  'form.bad-template': ({ problems }: { problems: FormProblem[] }) =>
    `Форма не опубликована: в шаблоне ${counted(problems.filter(({ level }) => level === 'error').length, errorForms)}. Исправьте файл и загрузите его снова.`,
  'form.no-version': ({ form, period }: { form: string; period: string }) =>
    `У формы ${form} нет версии, которая действует за ${period}. Опубликуйте её или поправьте сроки версий.`,
  'form.same-template': 'Этот файл уже опубликован: действующая версия формы не изменилась.',
  ...campaignPhrases,
  ...discussionPhrases,
  ...exchangePhrases,
  ...designerPhrases,
  ...consolidationPhrases,
  ...decisionPhrases,
}

export const notices = {
  'report.sent': 'Отчёт отправлен в вышестоящую организацию',
  'report.accepted': 'Отчёт принят, организация узнает об этом из сообщения и письма',
  'report.refused': 'Отчёт возвращён организации с вашей причиной',
  'report.saved': 'Сохранено',
  'report.unchanged': 'Изменений нет: всё уже сохранено',
  'report.clean': 'Проверка выполнена, ошибок нет',
  'report.explained': 'Пояснение сохранено, оно уйдёт вместе с отчётом',
  'report.hint-dismissed': 'Отмечено: число верное',
  'report.pulls-seen': 'Изменения просмотрены',
  'report.commented': 'Комментарий добавлен',
  'report.attached': 'Файл приложен',
  'report.detached': 'Файл убран из приложений',
  'form.published': 'Форма опубликована',
  ...campaignNotices,
  ...discussionNotices,
  ...exchangeNotices,
  ...designerNotices,
  ...consolidationNotices,
  ...decisionNotices,
}

export const cellTexts = {
  unknownTitle: 'На титульном листе нет такой строки.',
  longTitle: 'Не длиннее 500 знаков.',
}
