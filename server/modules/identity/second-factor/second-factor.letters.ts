/** Security notices: whoever has not done it learns of it, and what to do. */
import type { Tx } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

type Told = { subject: string; what: (about: string) => string }

const letters = {
  'authenticator-added': {
    subject: 'Вход теперь подтверждают кодом из приложения',
    what: () => 'К вашей учётной записи добавлено приложение для кодов: без кода из него войти нельзя.',
  },
  'authenticator-removed': {
    subject: 'Приложение для кодов отключено',
    what: () => 'Приложение для кодов отключено от вашей учётной записи. Его коды больше не подходят.',
  },
  'sms-codes-on': {
    subject: 'Вход теперь подтверждают кодом из SMS',
    what: () => 'Для вашей учётной записи включены коды по SMS: они приходят на подтверждённый телефон.',
  },
  'sms-codes-off': {
    subject: 'Коды по SMS отключены',
    what: () => 'Для вашей учётной записи отключены коды по SMS.',
  },
  'passkey-added': {
    subject: 'Добавлен ключ доступа',
    what: (name) => `К вашей учётной записи добавлен ключ доступа «${name}»: им можно войти без пароля.`,
  },
  'passkey-removed': {
    subject: 'Удалён ключ доступа',
    what: (name) => `Из вашей учётной записи удалён ключ доступа «${name}»: войти им больше нельзя.`,
  },
  'recovery-codes-made': {
    subject: 'Выпущены новые резервные коды',
    what: () => 'Для вашей учётной записи выпущены новые резервные коды. Прежние больше не действуют.',
  },
  'recovery-code-used': {
    subject: 'Вход подтверждён резервным кодом',
    what: (left) => `Использован один из ваших резервных кодов. Осталось: ${left}.`,
  },
} satisfies Record<string, Told>

/** @param about the name of a key, or how many codes are left */
export async function sendFactorLetter(tx: Tx, ctx: Context, kind: keyof typeof letters, about = ''): Promise<void> {
  const { email } = ctx.account
  if (!email) return
  const { subject, what }: Told = letters[kind]
  await sendLetter(tx, {
    to: email,
    subject,
    paragraphs: [
      what(about),
      'Если это были вы, ничего делать не нужно.',
      'Если это были не вы, сразу смените пароль, завершите чужие сеансы в профиле и сообщите администратору системы.',
    ],
    action: { text: 'Безопасность входа', url: `${ctx.baseUrl}/profile/security` },
  })
}
