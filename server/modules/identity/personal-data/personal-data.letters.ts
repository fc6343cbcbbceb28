import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

export const sendAcceptedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Персональные данные проверены',
    paragraphs: ['Реестр принял ваши персональные данные. Делать больше ничего не нужно.'],
    action: { text: 'Посмотреть данные', url: `${baseUrl}/profile/personal-data` },
  })

export const sendRefusedLetter = (tx: Tx, baseUrl: string, email: string, reasons: readonly string[]): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Реестр не принял персональные данные',
    paragraphs: [
      'Ваши персональные данные не прошли проверку по реестру:',
      ...reasons.map((reason) => `• ${reason}`),
      'Сверьте данные с паспортом и исправьте: проверка начнётся заново сама.',
    ],
    action: { text: 'Исправить данные', url: `${baseUrl}/profile/personal-data/edit` },
  })
