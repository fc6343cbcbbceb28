import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'
import { purposeNames } from './codes.phrases.ts'
import type { CodeAddress } from './codes.queries.ts'

/** The code stands in the text alone: subjects are shown on locked screens. */
export const sendCodeLetter = (tx: Tx, { purpose, to }: CodeAddress, code: string): Promise<void> =>
  sendLetter(tx, {
    to,
    subject: `Код ${purposeNames[purpose]}`,
    paragraphs: [
      `Код ${code} ${purposeNames[purpose]}. Он действует 10 минут и срабатывает один раз.`,
      'Введите его на странице, где вы его запросили. Никому не сообщайте этот код: сотрудники поддержки его не спрашивают.',
      'Если вы не запрашивали код, ничего не делайте.',
    ],
  })
