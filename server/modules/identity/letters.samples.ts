/** Every letter about accounts with made-up data: the gallery of the stand shows them, and its test reads them. */
import type { Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type LetterSample, lookAtLetters } from '../../kernel/mail/index.ts'
import * as accounts from './accounts/accounts.letters.ts'
import * as apiTokens from './api-tokens/api-tokens.letters.ts'
import * as codes from './codes/codes.letters.ts'
import * as contacts from './contacts/contacts.letters.ts'
import * as domains from './domains/domains.letters.ts'
import * as esia from './esia/esia.letters.ts'
import * as helpers from './helpers/helpers.letters.ts'
import * as invitations from './invitations/invitations.letters.ts'
import * as general from './letters.ts'
import * as ownData from './own-data/own-data.letters.ts'
import * as personalData from './personal-data/personal-data.letters.ts'
import * as registration from './registration/registration.letters.ts'
import * as secondFactor from './second-factor/second-factor.letters.ts'

const email = 'rodnikova@poliklinika.example'
const token = 'obrazets-ssylki-0123456789abcdef'
const reason = 'Приказ № 12 от 19.01.2026: обязанности переданы'
const person = {
  id: '00000000-0000-7000-8000-000000000000',
  surname: 'Родникова',
  name: 'Пелагея',
  patronymic: 'Евстигнеевна',
  email,
  emailConfirmed: true,
  userName: 'rodnikova',
}
const operator = 'Вознесенский Аркадий Львович'

type Send = (tx: Tx, baseUrl: string) => Promise<unknown>
/** A name of a group of senders and, within it, of each sender it exports: one that is left out does not compile. */
type Samples<M> = { [N in keyof M as M[N] extends (...given: never[]) => unknown ? N : never]: Record<string, Send> }

const generalSamples: Samples<typeof general> = {
  sendSecurityNotice: {
    'Вход с нового устройства': (tx, url) =>
      general.sendSecurityNotice(tx, url, email, {
        subject: 'Вход с нового устройства',
        paragraphs: ['В вашу учётную запись вошли из программы, которой раньше не пользовались.', 'Firefox на Linux.'],
      }),
  },
  sendActivationLetter: { 'Подтверждение почты': (tx, url) => general.sendActivationLetter(tx, url, person, token) },
  sendWaysInLetter: { 'Учётная запись уже есть': (tx, url) => general.sendWaysInLetter(tx, url, email) },
  sendResetLetter: { 'Восстановление пароля': (tx, url) => general.sendResetLetter(tx, url, email, token) },
  sendPasswordChangedLetter: { 'Пароль изменён': (tx, url) => general.sendPasswordChangedLetter(tx, url, email) },
}

const accountsSamples: Samples<typeof accounts> = {
  sendBlockedLetter: { 'Запись закрыта': (tx, url) => accounts.sendBlockedLetter(tx, url, person, reason) },
  sendUnblockedLetter: { 'Запись открыта': (tx, url) => accounts.sendUnblockedLetter(tx, url, person, reason) },
  sendTemporaryPasswordLetter: {
    'Временный пароль': (tx, url) => accounts.sendTemporaryPasswordLetter(tx, url, person, '20.01.2026 18:00'),
  },
  sendFactorRemovedLetter: { 'Второй фактор снят': (tx, url) => accounts.sendFactorRemovedLetter(tx, url, person) },
  sendRolesLetter: {
    'Роль дана': (tx, url) => accounts.sendRolesLetter(tx, url, person, 'оператор региона', true),
    'Роль отозвана': (tx, url) => accounts.sendRolesLetter(tx, url, person, 'оператор региона', false),
  },
  sendInvitationLetter: { 'Запись создана': (tx, url) => accounts.sendInvitationLetter(tx, url, person, token) },
}

/** Who has made the token or added the key is told by the call's own context. */
const contextOf = (baseUrl: string) => ({ account: person, baseUrl }) as unknown as Context // as: letters read nothing else of it

const factorKinds = [
  'authenticator-added',
  'authenticator-removed',
  'sms-codes-on',
  'sms-codes-off',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-made',
  'recovery-code-used',
] as const

const ownSamples: Samples<typeof apiTokens & typeof codes & typeof contacts & typeof ownData & typeof secondFactor> = {
  sendTokenLetter: { 'Токен выпущен': (tx, url) => apiTokens.sendTokenLetter(tx, contextOf(url), 'Выгрузка отчётов') },
  sendCodeLetter: {
    'Код для входа': (tx) =>
      codes.sendCodeLetter(
        tx,
        { accountId: person.id, purpose: 'second-factor', channel: 'email', to: email },
        '402917',
      ),
  },
  sendConfirmLetter: { 'Подтвердите адрес': (tx, url) => contacts.sendConfirmLetter(tx, url, email, token) },
  sendTakenLetter: {
    'Почта занята': (tx, url) => contacts.sendTakenLetter(tx, url, email, 'email'),
    'Телефон занят': (tx, url) => contacts.sendTakenLetter(tx, url, email, 'phone'),
  },
  sendContactChangedLetter: {
    'Почта изменена': (tx, url) => contacts.sendContactChangedLetter(tx, url, email, 'email'),
    'Телефон изменён': (tx, url) => contacts.sendContactChangedLetter(tx, url, email, 'phone'),
  },
  sendErasureLetter: {
    'Запись будет удалена': (tx, url) =>
      ownData.sendErasureLetter(tx, url, { email, until: new Date('2026-01-29'), timeZone: 'Europe/Moscow', token }),
  },
  sendErasureCancelledLetter: {
    'Удаление отменено': (tx, url) => ownData.sendErasureCancelledLetter(tx, url, email),
  },
  sendFactorLetter: Object.fromEntries(
    factorKinds.map((kind): [string, Send] => [
      kind,
      (tx, url) =>
        secondFactor.sendFactorLetter(tx, contextOf(url), kind, kind === 'recovery-code-used' ? '7' : 'Ключ'),
    ]),
  ),
}

const domainsSamples: Samples<typeof domains> = {
  sendTiedLetter: { 'Домен привязан': (tx, url) => domains.sendTiedLetter(tx, url, email, 'Администрация района') },
  sendUntiedLetter: { 'Домен отвязан': (tx, url) => domains.sendUntiedLetter(tx, url, email, 'Администрация района') },
  sendPasswordKeptLetter: {
    'Пароль хранит домен': (tx, url) => domains.sendPasswordKeptLetter(tx, url, email, '«Администрация района»'),
  },
}

const esiaSamples: Samples<typeof esia> = {
  sendTiedLetter: { 'Госуслуги привязаны': (tx, url) => esia.sendTiedLetter(tx, url, email) },
  sendUntiedLetter: { 'Госуслуги отвязаны': (tx, url) => esia.sendUntiedLetter(tx, url, email) },
}

const personalDataSamples: Samples<typeof personalData> = {
  sendAcceptedLetter: { 'Данные проверены': (tx, url) => personalData.sendAcceptedLetter(tx, url, email) },
  sendRefusedLetter: {
    'Данные не приняты': (tx, url) =>
      personalData.sendRefusedLetter(tx, url, email, ['Паспорт с таким номером не найден', 'Дата рождения другая']),
  },
}

const registrationSamples: Samples<typeof registration> = {
  sendApprovedLetter: { 'Регистрация одобрена': (tx, url) => registration.sendApprovedLetter(tx, url, email) },
  sendRefusedLetter: { 'В регистрации отказано': (tx, url) => registration.sendRefusedLetter(tx, url, email, reason) },
}

const helpersSamples: Samples<typeof helpers & typeof invitations> = {
  sendHelperLetter: {
    'Помощник приостановлен': (tx, url) => helpers.sendHelperLetter(tx, url, 'suspended', { email, operator }),
    'Помощник возобновлён': (tx, url) => helpers.sendHelperLetter(tx, url, 'resumed', { email, operator }),
    'Больше не помощник': (tx, url) => helpers.sendHelperLetter(tx, url, 'removed', { email, operator }),
  },
  sendInvitation: {
    'Приглашение в помощники': (tx, url) =>
      invitations.sendInvitation(tx, url, { email, kind: 'helper', inviter: operator }, token),
    'Приглашение в кабинет': (tx, url) =>
      invitations.sendInvitation(tx, url, { email, kind: 'account', inviter: operator }, token),
  },
}

const all: readonly Record<string, Record<string, Send>>[] = [
  generalSamples,
  accountsSamples,
  ownSamples,
  domainsSamples,
  esiaSamples,
  personalDataSamples,
  registrationSamples,
  helpersSamples,
]

export async function identityLetterSamples(baseUrl: string): Promise<LetterSample[]> {
  const named = all.flatMap((group) => Object.values(group)).flatMap((senders) => Object.entries(senders))
  const looked = named.map(async ([name, send]) =>
    (await lookAtLetters((tx) => send(tx, baseUrl))).map((letter) => ({ name, letter })),
  )
  return (await Promise.all(looked)).flat()
}
