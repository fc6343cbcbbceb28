/** Letters and SMS: written in the action's transaction, sent after its commit. */

export type { LetterSample, NewLetter } from './letter.html.ts'
export { countWaitingLetters, forgetLettersTo, listSentLetters } from './letters.queries.ts'
export {
  type LetterSender,
  lookAtLetters,
  type NewSms,
  queueSms,
  renderLetter,
  sendDueLetters,
  sendLetter,
  startLetterSender,
} from './mail.ts'
export { mailboxOf, sendToOutsider } from './outsiders.ts'
export { builtInMailbox, smtpTransport, type Transport, Undeliverable } from './transport.ts'
