import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'

type Told = { email: string; kind: 'account' | 'helper'; inviter: string }

export const sendInvitation = (tx: Tx, baseUrl: string, { email, kind, inviter }: Told, token: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: kind === 'helper' ? 'Вас приглашают в помощники' : 'Вас приглашают в личный кабинет',
    paragraphs: [
      kind === 'helper'
        ? `${inviter} приглашает вас в помощники: вы будете работать в личном кабинете в пределах прав, которые вам дали.`
        : `${inviter} приглашает вас в личный кабинет.`,
      'Перейдите по ссылке, посмотрите, что вам предлагают, и примите приглашение. Ссылка действует 7 дней и срабатывает один раз.',
      'Если вы не знаете, кто это и зачем, ничего не делайте: приглашение само потеряет силу.',
    ],
    action: { text: 'Посмотреть приглашение', url: `${baseUrl}/invitation?${new URLSearchParams({ token })}` },
  })
