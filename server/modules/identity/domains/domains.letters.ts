import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

export const sendTiedLetter = (tx: Tx, baseUrl: string, email: string, title: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'К учётной записи привязан вход через домен',
    paragraphs: [
      `К вашей учётной записи привязан вход через «${title}». Теперь в неё можно войти и так.`,
      'Если это были не вы, отвяжите его в разделе «Вход через домен», смените пароль и сообщите администратору системы.',
    ],
    action: { text: 'Вход через домен', url: `${baseUrl}/profile/domains` },
  })

export const sendUntiedLetter = (tx: Tx, baseUrl: string, email: string, title: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Вход через домен отвязан',
    paragraphs: [
      `Войти в вашу учётную запись через «${title}» больше нельзя, сеансы на других устройствах завершены.`,
      'Если это были не вы, смените пароль и сообщите администратору системы.',
    ],
    action: { text: 'Вход через домен', url: `${baseUrl}/profile/domains` },
  })

/** To whoever asked for a new password of an account that has none: it is kept elsewhere. */
export const sendPasswordKeptLetter = (tx: Tx, baseUrl: string, email: string, titles: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Восстановление пароля',
    paragraphs: [
      'Кто-то попросил восстановить пароль учётной записи с этой почтой.',
      `Пароля в личном кабинете у неё нет: вы входите через ${titles}. Пароль меняют там же — на рабочем компьютере или через администратора домена.`,
      'Если это были не вы, ничего делать не нужно.',
    ],
    action: { text: 'Войти в личный кабинет', url: `${baseUrl}/sign-in` },
  })
