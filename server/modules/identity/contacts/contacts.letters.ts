import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

/** Manual 4: the button is called «Подтвердить адрес». */
export const sendConfirmLetter = (tx: Tx, baseUrl: string, email: string, token: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Подтвердите адрес электронной почты',
    paragraphs: [
      'Эта почта указана в учётной записи личного кабинета. Подтвердите, что она ваша: без этого часть возможностей закрыта.',
      'Ссылка действует 3 дня и срабатывает один раз. Если вы не указывали эту почту, ничего не делайте.',
    ],
    action: { text: 'Подтвердить адрес', url: `${baseUrl}/activation?${new URLSearchParams({ token })}` },
  })

/** To the owner of a contact that somebody else has named: on the page nobody learns that it is taken. */
export const sendTakenLetter = (tx: Tx, baseUrl: string, email: string, what: 'email' | 'phone'): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject:
      what === 'email' ? 'Вашу почту указали в другой учётной записи' : 'Ваш телефон указали в другой учётной записи',
    paragraphs: [
      what === 'email'
        ? 'Кто-то указал эту почту в другой учётной записи личного кабинета. Она подтверждена вами, поэтому ничего не изменилось, и код никому не отправлен.'
        : 'Кто-то указал ваш телефон в другой учётной записи личного кабинета. Он подтверждён вами, поэтому ничего не изменилось, и код никому не отправлен.',
      'Если это были вы, войдите в учётную запись, у которой эти контакты уже есть: вторая не нужна.',
      'Если это были не вы, ничего делать не нужно.',
    ],
    action: { text: 'Войти в личный кабинет', url: `${baseUrl}/sign-in` },
  })

/** To the old address, and once more where it was a telephone: whoever reads it may be the one who was robbed. */
export const sendContactChangedLetter = (tx: Tx, baseUrl: string, email: string, what: 'email' | 'phone') =>
  sendLetter(tx, {
    to: email,
    subject: what === 'email' ? 'Почта учётной записи изменена' : 'Телефон учётной записи изменён',
    paragraphs: [
      what === 'email'
        ? 'В вашей учётной записи теперь другая почта. На эту письма больше не придут, и войти или восстановить пароль по ней нельзя.'
        : 'В вашей учётной записи теперь другой телефон. Коды приходят на него.',
      'Смену подтвердили кодами с прежнего и с нового контакта. Если это были не вы, сразу обратитесь в поддержку.',
    ],
    action: { text: 'Как обратиться в поддержку', url: `${baseUrl}/support` },
  })
