/** Letters about registrations that wait for an operator. */
import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

export const sendApprovedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Учётная запись одобрена',
    paragraphs: [
      'Оператор одобрил вашу регистрацию в личном кабинете.',
      'Войдите с почтой и паролем, которые вы указали.',
    ],
    action: { text: 'Войти в личный кабинет', url: `${baseUrl}/sign-in` },
  })

export const sendRefusedLetter = (tx: Tx, baseUrl: string, email: string, reason: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'В регистрации отказано',
    paragraphs: [
      'Оператор рассмотрел вашу регистрацию в личном кабинете и отказал в ней.',
      `Причина: ${reason}`,
      'Когда причина устранена, зарегистрируйтесь ещё раз с той же почтой.',
    ],
    action: { text: 'Зарегистрироваться', url: `${baseUrl}/registration` },
  })
