export const phrases = {}

export const notices = {
  'messages.read': 'Сообщение отмечено прочитанным',
  'messages.all-read': 'Все сообщения отмечены прочитанными',
}
