import type { Delivery } from '../../../contracts/messages.ts'

export const phrases = {
  'messages.kind-unknown': ({ kind }: { kind: string }) =>
    `Вида сообщений «${kind}» нет. Обновите страницу и выберите ещё раз.`,
  'messages.kind-always': ({ title }: { title: string }) =>
    `«${title}»: это письмо приходит всегда и сразу, чтобы вы вовремя заметили чужие действия. Отключить его нельзя.`,
}

export const notices = {
  'messages.read': 'Сообщение отмечено прочитанным',
  'messages.all-read': 'Все сообщения отмечены прочитанными',
  'messages.chosen': 'Уведомления настроены',
}

export const deliveryNames: Record<Delivery, string> = {
  'at-once': 'Письмо сразу',
  daily: 'Сводка раз в день',
  cabinet: 'Только в кабинете',
}
