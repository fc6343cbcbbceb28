import { formatDate } from '../../../../web/kit/dates.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

type Asked = { email: string; until: Date; timeZone: string; token: string }

export const sendErasureLetter = (tx: Tx, baseUrl: string, { email, until, timeZone, token }: Asked): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Учётная запись закрыта и будет удалена',
    paragraphs: [
      'Вы отозвали согласие на обработку персональных данных и попросили удалить учётную запись. Она закрыта: войти в неё нельзя.',
      `${formatDate(until, timeZone)} ваши данные будут удалены без возможности восстановления. До этого дня удаление можно отменить по ссылке.`,
      'Если удалить просили не вы, отмените удаление, смените пароль и сообщите администратору системы.',
    ],
    action: { text: 'Отменить удаление', url: `${baseUrl}/erasure-cancellation?${new URLSearchParams({ token })}` },
  })

export const sendErasureCancelledLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Удаление учётной записи отменено',
    paragraphs: [
      'Удаление вашей учётной записи отменено, войти можно как прежде. При входе кабинет ещё раз попросит согласие на обработку персональных данных.',
      'Токены программ и доверенные устройства отозваны: при необходимости выпустите и отметьте их заново.',
    ],
    action: { text: 'Войти в личный кабинет', url: `${baseUrl}/sign-in` },
  })
