/** SMS: through the outbox of letters, with a limit of cost, by an HTTP gateway or SMPP. */
export { smsPhrases } from './sms.phrases.ts'
export { configureSms, isSmsAvailable, pretendSms, sendSms } from './sms.ts'
export { smsTransport } from './transport.ts'
