import type { Tx } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

/** Whoever has not made it learns of it, and what to do. */
export async function sendTokenLetter(tx: Tx, ctx: Context, name: string): Promise<void> {
  const { email } = ctx.account
  if (!email) return
  await sendLetter(tx, {
    to: email,
    subject: 'Выпущен токен программного интерфейса',
    paragraphs: [
      `Для вашей учётной записи выпущен токен «${name}»: программа с ним действует от вашего имени в пределах прав, которые вы отметили.`,
      'Если это были вы, ничего делать не нужно.',
      'Если это были не вы, сразу отзовите токен, смените пароль, завершите чужие сеансы в профиле и сообщите администратору системы.',
    ],
    action: { text: 'Мои токены', url: `${ctx.baseUrl}/profile/tokens` },
  })
}
