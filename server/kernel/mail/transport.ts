import { createTransport } from 'nodemailer'
import type { Letter } from './letters.queries.ts'

export type Channel = Letter['channel']

/** Delivers one letter, or throws; `Undeliverable` when trying again is useless. */
export type Transport = {
  channels: readonly Channel[]
  keepsBodies: boolean
  deliver: (letter: Letter) => Promise<void>
  close: () => void
}

/** The recipient or the message is refused for good. */
export class Undeliverable extends Error {}

/** The stand's: a sent letter simply stays where the built-in mailbox shows it. */
export const builtInMailbox: Transport = {
  channels: ['email', 'sms'],
  keepsBodies: true,
  deliver: async () => {},
  close: () => {},
}

/**
 * SMTP (RFC 5321). A crash between the server's 250 and our own commit cannot be told from one before it, so the letter
 * goes again under the same Message-ID, by which mail servers and readers drop the second copy.
 */
export function smtpTransport(mailUrl: string, from: string, host: string): Transport {
  const smtp = createTransport({
    url: mailUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
  })
  return {
    channels: ['email'],
    keepsBodies: false,
    close: () => smtp.close(),
    deliver: async (letter) => {
      await smtp.sendMail({
        from,
        to: letter.recipient,
        subject: letter.subject,
        text: letter.text,
        ...(letter.html ? { html: letter.html } : {}),
        messageId: `<${letter.id}@${host}>`,
        // RFC 3834: an automatic letter must not be answered by another automaton.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      })
    },
  }
}

/** Undeliverable, or an SMTP answer of 5xx to the recipient or the message: the server will not change its mind. */
export const isPermanent = (error: unknown): boolean =>
  error instanceof Undeliverable ||
  (error instanceof Error &&
    'responseCode' in error &&
    typeof error.responseCode === 'number' &&
    error.responseCode >= 500 &&
    error.responseCode < 600)
