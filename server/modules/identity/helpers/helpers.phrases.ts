export const helpersPhrases = {
  'helper-lends-nothing':
    'Этих прав в этих местах нет у вас самих, поэтому помощнику их не дать. Отметьте другие права или другие места.',
}

export const helpersNotices = {
  'identity.helper-invited': 'Приглашение отправлено',
  'identity.helper-limited': 'Права помощника изменены',
  'identity.helper-suspended': 'Помощник приостановлен: его права больше не действуют',
  'identity.helper-resumed': 'Помощник снова работает',
  'identity.helper-removed': 'Помощник убран',
  'identity.invitation-withdrawn': 'Приглашение отозвано',
  'identity.invitation-sent-again': 'Приглашение отправлено ещё раз',
}
