/** Letters and SMS: written in the action's transaction, sent after its commit. */
export { countWaitingLetters, listSentLetters } from './letters.queries.ts'
export { type LetterSender, type NewLetter, sendDueLetters, sendLetter, startLetterSender } from './mail.ts'
export { builtInMailbox, smtpTransport, type Transport } from './transport.ts'
