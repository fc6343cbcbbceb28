import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

const letters = {
  suspended: {
    subject: 'Работа помощником приостановлена',
    text: 'Права, которые вам дали как помощнику, сейчас не действуют. Остальное в вашем кабинете не изменилось.',
  },
  resumed: {
    subject: 'Работа помощником возобновлена',
    text: 'Права, которые вам дали как помощнику, снова действуют.',
  },
  removed: {
    subject: 'Вы больше не помощник',
    text: 'Права, которые вам дали как помощнику, закончились. Остальное в вашем кабинете не изменилось.',
  },
} as const

type Told = { email: string | null; operator: string }

export async function sendHelperLetter(
  tx: Tx,
  baseUrl: string,
  kind: keyof typeof letters,
  { email, operator }: Told,
): Promise<void> {
  if (!email) return
  const { subject, text } = letters[kind]
  await sendLetter(tx, {
    to: email,
    subject,
    paragraphs: [`Это сделал оператор, которому вы помогаете: ${operator}.`, text],
    action: { text: 'Личный кабинет', url: `${baseUrl}/cabinet` },
  })
}
