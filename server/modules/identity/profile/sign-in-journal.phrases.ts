import type { Door } from '../steps/steps.ts'

const doorNames: Record<Door, string> = {
  password: 'по паролю',
  passkey: 'ключом доступа',
  esia: 'через Госуслуги',
  domain: 'через домен',
  openid: 'через внешнего поставщика',
}
const doorOf = (details: Details): string =>
  typeof details.door === 'string' && details.door in doorNames ? doorNames[details.door as Door] : '' // as: it is a key

type Details = Record<string, unknown>

/** What the journal of sign-ins tells, by action. */
const told = {
  'session.started': (details: Details) => `Вход ${doorOf(details)}`.trim(),
  'session.advanced': () => 'Пройден следующий шаг входа',
  'session.refused': (details: Details) =>
    'left' in details ? 'Отказ: неверный пароль' : `Отказ во входе ${doorOf(details)}`.trim(),
  'session.ended': (details: Details) => ('others' in details ? 'Завершены остальные сеансы' : 'Сеанс завершён'),
  'password.changed': () => 'Пароль изменён',
  'password.reset-asked': () => 'Запрошено восстановление пароля',
  'password.reset': () => 'Пароль установлен заново',
  'password.change-refused': () => 'Отказ в смене пароля: неверный нынешний пароль',
  'account.email-confirmed': () => 'Почта подтверждена',
} as const satisfies Record<string, (details: Details) => string>

type Told = keyof typeof told
export const signInActions: readonly string[] = Object.keys(told)
export const isTold = (action: string): action is Told => action in told
export const wordsOf = (action: Told, details: Details): string => told[action](details)
