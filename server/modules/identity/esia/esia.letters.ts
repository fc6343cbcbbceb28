import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

const ifNotYou = 'Если это были не вы, сразу смените пароль и сообщите в поддержку.'

export const sendTiedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'К учётной записи привязаны Госуслуги',
    paragraphs: [
      'К вашей учётной записи личного кабинета привязаны Госуслуги. Теперь через них можно входить, а фамилия, имя и отчество обновляются по их данным.',
      ifNotYou,
    ],
    action: { text: 'Открыть настройки аккаунта', url: `${baseUrl}/profile/gosuslugi` },
  })

export const sendUntiedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Госуслуги отвязаны от учётной записи',
    paragraphs: [
      'Госуслуги отвязаны от вашей учётной записи личного кабинета. Войти через них больше нельзя, сеансы, открытые через них на других устройствах, завершены.',
      ifNotYou,
    ],
    action: { text: 'Открыть настройки аккаунта', url: `${baseUrl}/profile/gosuslugi` },
  })
