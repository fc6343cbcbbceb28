export const passwordsNotices = {
  'identity.own-password-set': 'Пароль сохранён. Временный больше не действует.',
  'identity.code-sent': 'Если учётная запись есть, новый код отправлен',
}
