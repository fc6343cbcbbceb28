/** Letters that answer a letter. A password never stands in one, and no machine's letter is answered. */
import type { Tx } from '../../kernel/db/index.ts'
import { type NewLetter, sendLetter } from '../../kernel/mail/index.ts'

/** Told once to a sender and day, however many letters come. */
export const wrongSenderLetter = (to: string, day: string): NewLetter => ({
  to,
  subject: 'Заявку нужно отправить со служебной почты',
  paragraphs: [
    'Мы получили ваше письмо с просьбой о доступе. По правилам безопасности сотрудники государственных и муниципальных учреждений пишут в поддержку со служебной почты: адреса бесплатных почтовых сервисов не подходят.',
    'Отправьте заявку ещё раз со служебного адреса и укажите в ней служебный адрес: на него придут логин и ссылка, по которой вы придумаете пароль.',
    'Ваше письмо сохранено. Если служебной почты у вас нет, оператор рассмотрит его и ответит, что делать.',
  ],
  uniqueKey: `letters:wrong-sender:${day}:${to}`,
})

const refusedLetter = (to: string, letterId: string, reason: string): NewLetter => ({
  to,
  subject: 'По вашей заявке на доступ отказано',
  paragraphs: [
    `Оператор рассмотрел вашу заявку на доступ и не смог открыть учётную запись. Причина: ${reason}`,
    'Исправьте то, о чём сказано, и отправьте заявку ещё раз.',
  ],
  uniqueKey: `letters:refused:${letterId}`,
})

export const sendWrongSenderLetter = (tx: Tx, to: string, day: string) => sendLetter(tx, wrongSenderLetter(to, day))
export const sendRefusedLetter = (tx: Tx, to: string, letterId: string, reason: string) =>
  sendLetter(tx, refusedLetter(to, letterId, reason))
