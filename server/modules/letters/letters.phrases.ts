import type { LetterState } from '../../../contracts/letters.ts'
import type { LetterKind } from './understanding/understanding.ts'

export const letterKindNames: Record<LetterKind, string> = {
  application: 'Заявка на доступ',
  request: 'Обращение',
  'reply-to-thread': 'Ответ в переписке',
  'auto-reply': 'Автоматический ответ',
  bounce: 'Возврат письма',
  unparseable: 'Не разобрано',
}

export const addingName = 'Добавление организации'

export const letterStateNames: Record<LetterState, string> = {
  waiting: 'Ждёт решения',
  opened: 'Доступ открыт',
  entered: 'Подана заявка',
  refused: 'Отказано',
  closed: 'Разобрано',
  machine: 'Решения не требует',
}

export const categoryNames: Record<1 | 2 | 3 | 4, string> = {
  1: 'Органы власти и их учреждения',
  2: 'Сельское поселение',
  3: 'Лечебное учреждение',
  4: 'Образовательное учреждение',
}

export const lettersPhrases = {
  'letters.decided': ({ state }: { state: LetterState }) =>
    `Решение уже не нужно: по этому письму записано «${letterStateNames[state].toLowerCase()}». Обновите страницу.`,
  'letters.many-for-one':
    'У сельского поселения, лечебного и образовательного учреждения одна учётная запись. Оставьте одного человека.',
  'letters.address-not-proved':
    'С этого адреса письмо не приходило, или его отправитель не проверен. Подайте заявку: человек подтвердит адрес по ссылке, и её можно будет решить.',
}

export const lettersNotices = {
  'letters.opened': 'Доступ открыт. Письмо с логином и ссылкой, по которой придумывают пароль, отправлено.',
  'letters.entered': 'По письму подана заявка.',
  'letters.added': 'Организация добавлена в реестр. Отправитель получит ответ письмом.',
  'letters.refused': 'Отказ записан.',
  'letters.closed': 'Письмо разобрано.',
  'letters.dropped': 'Письма приняты, они в очереди ниже.',
}
