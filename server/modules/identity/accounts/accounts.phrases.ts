import type { AccountState } from '../../../../contracts/accounts.ts'
import { roleNames } from '../../../kernel/access/index.ts'

export const accountsPhrases = {
  'accounts.own-account':
    'Это ваша учётная запись. Пароль, контакты и второй фактор меняют в своём профиле, а роли и блокировку решает другой администратор.',
  'accounts.above-yours':
    'У этой учётной записи есть права или организации за пределами ваших. Изменить её может администратор системы или оператор, который отвечает за все её регионы.',
  'accounts.last-administrator':
    'Это последний администратор системы. Сначала дайте эту роль ещё одному человеку, иначе управлять доступом будет некому.',
  'accounts.blocked-already': 'Учётная запись уже закрыта. Обновите страницу, чтобы увидеть, кем и почему.',
  'accounts.not-blocked': 'Учётная запись не закрыта: открывать нечего. Обновите страницу.',
  'accounts.email-confirmed': 'Почта уже подтверждена, письмо со ссылкой не нужно.',
  'accounts.no-factor': 'У этой учётной записи нет второго фактора: снимать нечего.',
  'accounts.reset-waits':
    'Просьба снять второй фактор уже есть и ждёт согласия другого администратора. Вторая просьба не нужна.',
  'accounts.own-consent': 'Согласие даёт другой администратор: не тот, кто просил, и не владелец учётной записи.',
  'accounts.grant-held':
    'Такая роль с такой областью у человека уже есть. Чтобы изменить срок, отзовите её и дайте новую.',
  'accounts.grant-not-yours':
    'Эту роль отозвать можете не вы: её область шире вашей. Обратитесь к администратору системы.',
  'accounts.import-unreadable':
    'Файл не прочитать как таблицу Excel. Скачайте шаблон, заполните его и сохраните в формате XLSX.',
  'accounts.import-too-large':
    'Таблица слишком большая: в файле может быть не больше 5 000 строк и 20 МБ после распаковки. Разделите её на части.',
  'accounts.import-empty': 'В таблице нет ни одного человека. Заполните шаблон начиная со второй строки.',
  'accounts.import-header': 'Заголовки таблицы не такие, как в шаблоне. Скачайте шаблон и перенесите в него строки.',
  'accounts.import-confirmed': 'Эта таблица уже принята: учётные записи создаются или созданы.',
  'accounts.import-nothing':
    'В таблице нет ни одной строки без ошибок: создавать нечего. Исправьте её и загрузите снова.',
}

export const accountsNotices = {
  'accounts.blocked': 'Учётная запись закрыта, сеансы завершены. Человеку отправлено письмо.',
  'accounts.unblocked': 'Учётная запись снова открыта. Человеку отправлено письмо.',
  'accounts.sessions-ended': 'Сеансы завершены',
  'accounts.letter-sent': 'Письмо со ссылкой отправлено',
  'accounts.approved': 'Учётная запись одобрена. Человеку отправлено письмо.',
  'accounts.approval-refused': 'В доступе отказано. Человеку отправлено письмо с причиной.',
  'accounts.factor-asked': 'Просьба записана: её должен подтвердить другой администратор',
  'accounts.factor-removed': 'Второй фактор снят, сеансы завершены. Человеку отправлено письмо.',
  'accounts.factor-kept': 'В просьбе отказано, второй фактор остаётся',
  'accounts.granted': 'Роль дана',
  'accounts.revoked': 'Роль отозвана',
  'accounts.one-region': 'Показан один регион. Остальные свои регионы вы вернёте в шапке страницы.',
  'accounts.all-regions': 'Показаны все ваши регионы',
  'accounts.import-accepted': 'Таблица принята',
}

/** Beside every state stands the mark of the kit; the word says it alone. */
export const stateNames: Record<AccountState, string> = {
  open: 'открыта',
  waiting: 'ждёт одобрения',
  refused: 'в доступе отказано',
  unconfirmed: 'почта не подтверждена',
  temporary: 'временный пароль',
  blocked: 'закрыта',
}

/** Roles of memberships are roles as well; a name that the program does not know stands as it is. */
export const roleNameOf = (role: string): string => Object.entries(roleNames).find(([key]) => key === role)?.[1] ?? role

/** What the history of an account says of each act; others stand under their own name. */
export const deeds: Record<string, string> = {
  'account.created': 'Учётная запись создана',
  'account.registered': 'Регистрация',
  'account.email-confirmed': 'Почта подтверждена',
  'account.letter-sent-again': 'Письмо со ссылкой отправлено ещё раз',
  'account.viewed': 'Просмотр личных данных',
  'account.blocked': 'Учётная запись закрыта',
  'account.unblocked': 'Учётная запись открыта снова',
  'account.approved': 'Регистрация одобрена',
  'account.refused': 'В доступе отказано',
  'account.invited': 'Отправлено приглашение',
  'account.tied': 'Привязана внешняя учётная запись',
  'account.untied': 'Внешняя учётная запись отвязана',
  'code.sent': 'Отправлен код',
  'code.refused': 'Код не подошёл',
  'consent.given': 'Дано согласие на обработку персональных данных',
  'device.trusted': 'Устройство названо доверенным',
  'device.revoked': 'Устройство больше не доверенное',
  'factor.added': 'Добавлен второй фактор',
  'factor.removed': 'Удалён второй фактор',
  'factor.reset-asked': 'Просьба снять второй фактор',
  'factor.reset': 'Второй фактор снят',
  'factor.reset-refused': 'В снятии второго фактора отказано',
  'grant.given': 'Дана роль',
  'grant.revoked': 'Отозвана роль',
  'passkey.refused': 'Ключ доступа не подошёл',
  'password.changed': 'Пароль изменён',
  'password.change-refused': 'Смена пароля: прежний пароль не подошёл',
  'password.reset': 'Пароль установлен по ссылке из письма',
  'password.reset-asked': 'Запрошено восстановление пароля',
  'password.temporary-issued': 'Выдан временный пароль',
  'profile.changed': 'Профиль изменён',
  'recovery-code.used': 'Вход по резервному коду',
  'recovery-codes.made': 'Выпущены резервные коды',
  'second-factor.refused': 'Второй фактор не подошёл',
  'session.started': 'Вход',
  'session.advanced': 'Пройден шаг входа',
  'session.ended': 'Сеанс завершён',
  'session.refused': 'Во входе отказано',
  'session.region-chosen': 'Выбран регион для работы',
  'sessions.ended-by-another': 'Сеансы завершены администратором',
}
