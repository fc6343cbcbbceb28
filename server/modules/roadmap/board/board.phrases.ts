export const boardNotices: Record<string, string> = {
  'roadmap.reminded': 'Напоминания отправлены: сообщения и письма придут в ближайшую минуту.',
  'roadmap.not-reminded': 'Напоминать не о чем: сегодня об этом уже напоминали, или всё выполнено.',
}
