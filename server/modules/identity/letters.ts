/** Letters about accounts. Their links begin with the configured address of the portal, whatever a request says. */
import type { Tx } from '../../kernel/db/index.ts'
import { sendLetter } from '../../kernel/mail/index.ts'
import { accountName } from './accounts/account.ts'

type Addressee = { surname: string; name: string; patronymic: string | null; email: string; userName: string | null }

const link = (baseUrl: string, path: string, token: string): string =>
  `${baseUrl}${path}?${new URLSearchParams({ token })}`

type Notice = { subject: string; paragraphs: string[]; action?: { text: string; path: string }; uniqueKey?: string }

/** What happened to an account, told to its owner: none of these can be switched off. */
export const sendSecurityNotice = (tx: Tx, baseUrl: string, email: string, notice: Notice): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: notice.subject,
    paragraphs: [
      ...notice.paragraphs,
      'Если это были не вы, сразу восстановите пароль по этой почте и сообщите администратору системы.',
    ],
    action: {
      text: notice.action?.text ?? 'Посмотреть сеансы',
      url: `${baseUrl}${notice.action?.path ?? '/profile'}`,
    },
    ...(notice.uniqueKey ? { uniqueKey: notice.uniqueKey } : {}),
  })

export const sendActivationLetter = (tx: Tx, baseUrl: string, account: Addressee, token: string): Promise<void> =>
  sendLetter(tx, {
    to: account.email,
    subject: 'Подтвердите почту для входа в личный кабинет',
    paragraphs: [
      `На эту почту зарегистрирована учётная запись: ${accountName(account)}${account.userName ? `, логин ${account.userName}` : ''}.`,
      'Перейдите по ссылке, чтобы подтвердить почту и активировать учётную запись. Ссылка действует 3 дня и срабатывает один раз.',
      'Если вы не регистрировались или логин не ваш, не переходите по ссылке: без неё учётная запись не заработает.',
    ],
    action: { text: 'Подтвердить почту', url: link(baseUrl, '/activation', token) },
  })

/** To the owner of an address that someone, perhaps the owner, tried to register again. */
export const sendWaysInLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'У вас уже есть учётная запись в личном кабинете',
    paragraphs: [
      'Кто-то заполнил регистрацию с вашей почтой. У вас уже есть учётная запись, вторая не нужна и не создана.',
      'Если это были вы, войдите с этой почтой и прежним паролем.',
      `Если пароль забыт, восстановите его: ${baseUrl}/password-reset`,
      'Если это были не вы, ничего делать не нужно: ваша учётная запись не изменилась.',
    ],
    action: { text: 'Войти в личный кабинет', url: `${baseUrl}/sign-in` },
  })

export const sendResetLetter = (tx: Tx, baseUrl: string, email: string, token: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Восстановление пароля',
    paragraphs: [
      'Кто-то попросил восстановить пароль учётной записи с этой почтой.',
      'Перейдите по ссылке и придумайте новый пароль. Ссылка действует один час и срабатывает один раз.',
      'Если это были не вы, ничего не делайте: прежний пароль остаётся.',
    ],
    action: { text: 'Придумать новый пароль', url: link(baseUrl, '/password-reset/new', token) },
  })

export const sendPasswordChangedLetter = (tx: Tx, baseUrl: string, email: string): Promise<void> =>
  sendLetter(tx, {
    to: email,
    subject: 'Пароль изменён',
    paragraphs: [
      'Пароль вашей учётной записи изменён, сеансы на других устройствах завершены.',
      'Если это были не вы, сразу восстановите пароль по этой почте и сообщите администратору системы.',
    ],
    action: { text: 'Восстановить пароль', url: `${baseUrl}/password-reset` },
  })
