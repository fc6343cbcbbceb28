import type { Tx } from '../../../kernel/db/index.ts'
import { sendSecurityNotice } from '../letters.ts'

const action = { text: 'Открыть настройки аккаунта', path: '/profile/gosuslugi' }

export const sendTiedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendSecurityNotice(tx, baseUrl, email, {
    subject: 'К учётной записи привязаны Госуслуги',
    paragraphs: [
      'К вашей учётной записи личного кабинета привязаны Госуслуги. Теперь через них можно входить, а фамилия, имя и отчество обновляются по их данным.',
    ],
    action,
  })

export const sendUntiedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendSecurityNotice(tx, baseUrl, email, {
    subject: 'Госуслуги отвязаны от учётной записи',
    paragraphs: [
      'Госуслуги отвязаны от вашей учётной записи личного кабинета. Войти через них больше нельзя, сеансы, открытые через них на других устройствах, завершены.',
    ],
    action,
  })
