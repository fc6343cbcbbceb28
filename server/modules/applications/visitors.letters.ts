/** Letters to those who ask without an account: the link of the first one is all they have. */
import type { Tx } from '../../kernel/db/index.ts'
import { sendLetter, sendToOutsider } from '../../kernel/mail/index.ts'

export const followingAddress = (token: string): string => `/applications/followed?${new URLSearchParams({ token })}`

type First = { email: string; title: string; token: string }

export const sendConfirmLetter = (tx: Tx, baseUrl: string, { email, title, token }: First): Promise<void> =>
  sendToOutsider(tx, {
    to: email,
    subject: 'Подтвердите заявку',
    paragraphs: [
      `На портале заполнили заявку «${title}» и указали эту почту.`,
      'Если это были вы, откройте ссылку и подтвердите заявку: до этого её никто не рассматривает. Ссылка действует 3 дня; по ней же будет видно, где заявка и что решили. Никому её не передавайте.',
      'Если вы ничего не подавали, ничего не делайте: неподтверждённая заявка исчезнет сама.',
    ],
    action: { text: 'Подтвердить заявку', url: `${baseUrl}${followingAddress(token)}` },
  })

type FromLetter = First & { id: string; number: string }

/** It stands for the letter that an application was submitted: one letter is enough. */
export const sendEnteredLetter = (tx: Tx, baseUrl: string, { id, number, email, title, token }: FromLetter) =>
  sendToOutsider(tx, {
    to: email,
    subject: `Заявка № ${number} подана по вашему письму`,
    paragraphs: [
      `Вы написали нам, и по вашему письму подана заявка «${title}». Её уже рассматривают, ничего подтверждать не нужно.`,
      'По ссылке видно, у кого заявка, до какого дня её решат и что решили; там же отвечают на вопросы и прикладывают файлы. Никому её не передавайте.',
    ],
    action: { text: 'Посмотреть, где заявка', url: `${baseUrl}${followingAddress(token)}` },
    uniqueKey: visitorLetterKey(id, 'submitted'),
  })

export const visitorLetterKey = (id: string, what: string): string => `application:${id}:${what}`

type News = { id: string; email: string; what: string; subject: string; paragraphs: readonly string[] }

/** There is no cabinet to tell it in. */
export const sendNewsLetter = (tx: Tx, { id, email, what, subject, paragraphs }: News): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject,
    paragraphs: [...paragraphs, 'Где заявка и что с ней, видно по ссылке из первого письма о ней.'],
    uniqueKey: visitorLetterKey(id, what),
  })
