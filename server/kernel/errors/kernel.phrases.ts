import { counted } from '../../../web/kit/text.ts'
import type { FieldProblem } from './errors.ts'

const things: Record<string, string> = {
  page: 'Такой страницы нет',
  report: 'Такого отчёта нет или он вам не доступен',
  organisation: 'Такой организации нет или она вам не доступна',
  application: 'Такой заявки нет или она вам не доступна',
  account: 'Такой учётной записи нет или она вам не доступна',
  message: 'Такого сообщения нет',
  file: 'Такого файла нет или он вам не доступен',
  form: 'Такой формы нет',
}

type UnfinishedStage = 'second-factor' | 'password-change' | 'consent' | 'contacts'
const steps: Record<UnfinishedStage, string> = {
  'second-factor': 'подтвердите его вторым способом',
  'password-change': 'смените временный пароль на свой',
  consent: 'дайте согласие на обработку персональных данных',
  contacts: 'подтвердите почту или телефон',
}

export const kernelPhrases = {
  'not-found': ({ what }: { what: string }) =>
    `${things[what] ?? 'Этого здесь нет'}. Проверьте адрес или вернитесь в личный кабинет.`,
  forbidden: 'Вашей роли это действие не разрешено. Если оно нужно для работы, обратитесь к вышестоящему оператору.',
  'sign-in-needed': 'Сначала войдите в личный кабинет. Введённое сохранится.',
  'session-ended': 'Проверьте введённое и отправьте ещё раз: сеанс успел завершиться.',
  'step-needed': ({ stage }: { stage: UnfinishedStage }) => `Вход ещё не завершён: ${steps[stage]}.`,
  'stale-version':
    'Пока вы работали, эти сведения изменил кто-то другой. Обновите страницу: мы покажем новые, ваши останутся на экране.',
  'form-expired':
    'Страница была открыта слишком давно или в другом окне сменился пользователь. Отправьте ещё раз: введённое на месте.',
  'foreign-origin': 'Запрос пришёл с другого сайта и не выполнен.',
  'invalid-input': ({ fields }: { fields: FieldProblem[] }) =>
    `Исправьте ${counted(fields.length, ['поле', 'поля', 'полей'])}: ${fields.map((problem) => problem.text).join('; ')}`,
  'unreadable-body': 'Содержимое запроса не разобрать: нужен JSON в кодировке UTF-8.',
  'body-too-large': ({ megabytes }: { megabytes: number }) =>
    `Слишком большой запрос: можно не больше ${megabytes} МБ.`,
  'too-many-requests': ({ seconds }: { seconds: number }) =>
    `Слишком много попыток. Подождите ${seconds < 90 ? counted(seconds, ['секунду', 'секунды', 'секунд']) : counted(Math.ceil(seconds / 60), ['минуту', 'минуты', 'минут'])} и повторите.`,
  'already-running': 'Этот запрос уже выполняется. Подождите несколько секунд и повторите.',
  'key-reused': 'Этот ключ Idempotency-Key уже использован для другого запроса.',
  busy: 'Сейчас очень много входов сразу. Подождите несколько секунд и повторите, введённое сохранено.',
  bug: ({ requestId }: { requestId: string }) =>
    `В программе ошибка, мы её уже записали. Введённое не потеряно: вернитесь назад и повторите. Номер для поддержки: ${requestId}.`,
}
