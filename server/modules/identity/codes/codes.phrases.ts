import { counted } from '../../../../web/kit/text.ts'

/** What a code is good for; for anything else it is a wrong one. */
export const codePurposes = [
  'registration',
  'second-factor',
  'password-reset',
  'contact',
  'contact-old',
  'contact-new',
] as const
export type CodePurpose = (typeof codePurposes)[number]

/** «Код 123456 …»: with it an SMS in Cyrillic still fits into one part of 70 signs. */
export const purposeNames: Record<CodePurpose, string> = {
  registration: 'для регистрации',
  'second-factor': 'для входа',
  'password-reset': 'для смены пароля',
  contact: 'для подтверждения',
  'contact-old': 'для смены контакта',
  'contact-new': 'для смены контакта',
}

/** Told beside the field of the code. */
export const wrongCode = (left: number): string =>
  left > 0
    ? `Код не подошёл. Введите код из последнего сообщения; ${left === 1 ? 'осталась' : 'осталось'} ${counted(left, ['попытка', 'попытки', 'попыток'])}`
    : 'Код не подошёл и больше не действует. Запросите новый'

export const codesPhrases = {
  'code-too-soon': ({ seconds }: { seconds: number }) =>
    `Код уже отправлен, он действует 10 минут. Новый можно запросить через ${counted(seconds, ['секунду', 'секунды', 'секунд'])}.`,
}
