/** Letters to people whose accounts others look after. A password never stands in a letter. */
import type { Tx } from '../../../kernel/db/index.ts'
import { sendLetter } from '../../../kernel/mail/index.ts'
import { accountName } from './account.ts'

type Told = {
  id: string
  surname: string
  name: string
  patronymic: string | null
  email: string
  emailConfirmed: boolean
}

const ifMistaken = 'Если вы считаете это ошибкой, обратитесь к вышестоящему оператору или в техническую поддержку.'

/** To an address that nobody has confirmed nothing is told: it may be a stranger's. */
const tell = async (tx: Tx, account: Told, subject: string, paragraphs: string[], url: string): Promise<void> => {
  if (!account.emailConfirmed) return
  await sendLetter(tx, { to: account.email, subject, paragraphs, action: { text: 'Личный кабинет', url } })
}

export const sendBlockedLetter = (tx: Tx, baseUrl: string, account: Told, reason: string) =>
  tell(
    tx,
    account,
    'Ваша учётная запись закрыта',
    [`Учётная запись в личном кабинете закрыта, войти в неё нельзя. Причина: ${reason}`, ifMistaken],
    `${baseUrl}/support`,
  )

export const sendUnblockedLetter = (tx: Tx, baseUrl: string, account: Told, reason: string) =>
  tell(
    tx,
    account,
    'Ваша учётная запись снова открыта',
    [`Учётную запись в личном кабинете открыли: вы снова можете войти. Причина: ${reason}`],
    `${baseUrl}/sign-in`,
  )

export const sendTemporaryPasswordLetter = (tx: Tx, baseUrl: string, account: Told, until: string) =>
  tell(
    tx,
    account,
    'Вам выдан временный пароль',
    [
      `Оператор выдал вам временный пароль и передаст его сам: в письмах пароли не присылают. Войти с ним можно до ${until}, при входе вы придумаете свой.`,
      'Прежний пароль больше не действует, сеансы на всех устройствах завершены.',
      'Если вы об этом не просили, восстановите пароль по почте и сообщите администратору системы.',
    ],
    `${baseUrl}/sign-in`,
  )

export const sendFactorRemovedLetter = (tx: Tx, baseUrl: string, account: Told) =>
  tell(
    tx,
    account,
    'Второй фактор снят',
    [
      'Два администратора сняли второй фактор с вашей учётной записи: приложение для кодов, ключи доступа и резервные коды больше не действуют, сеансы завершены.',
      'При следующем входе настройте второй фактор заново.',
      'Если вы об этом не просили, сразу смените пароль и сообщите в техническую поддержку.',
    ],
    `${baseUrl}/sign-in`,
  )

export const sendRolesLetter = (tx: Tx, baseUrl: string, account: Told, role: string, given: boolean) =>
  tell(
    tx,
    account,
    given ? 'Вам дана роль в личном кабинете' : 'Роль в личном кабинете отозвана',
    [`${accountName(account)}, ${given ? 'вам дана роль' : 'у вас отозвана роль'}: ${role}.`, ifMistaken],
    `${baseUrl}/cabinet`,
  )

/** Begins a link by which the person makes up its own password; following it confirms the address. */
export const sendInvitationLetter = (
  tx: Tx,
  baseUrl: string,
  account: Omit<Told, 'emailConfirmed' | 'id'>,
  token: string,
) =>
  sendLetter(tx, {
    to: account.email,
    subject: 'Приглашение в личный кабинет',
    paragraphs: [
      `Для вас создана учётная запись: ${accountName(account)}. Логин: ${account.email}.`,
      'Перейдите по ссылке и придумайте пароль: этим вы подтвердите и почту. Ссылка действует 14 дней и срабатывает один раз.',
      'Если вы не ждали приглашения, ничего не делайте: без пароля войти нельзя.',
    ],
    action: { text: 'Принять приглашение', url: `${baseUrl}/password-reset/new?${new URLSearchParams({ token })}` },
  })
