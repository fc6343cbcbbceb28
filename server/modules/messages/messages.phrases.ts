import type { Delivery } from '../../../contracts/messages.ts'

export const phrases = {
  'messages.kind-unknown': ({ kind }: { kind: string }) =>
    `Вида сообщений «${kind}» нет. Обновите страницу и выберите ещё раз.`,
  'messages.kind-always': ({ title }: { title: string }) =>
    `«${title}»: это письмо приходит всегда и сразу, чтобы вы вовремя заметили чужие действия. Отключить его нельзя.`,
  'messages.device-wrong':
    'Браузер не дал адреса для уведомлений. Обновите страницу и включите их ещё раз; письма приходят и без них.',
}

export const notices = {
  'messages.read': 'Сообщение отмечено прочитанным',
  'messages.all-read': 'Все сообщения отмечены прочитанными',
  'messages.digests-sent': 'Сводки отправлены тем, у кого есть непрочитанное',
  'messages.chosen': 'Уведомления настроены',
  'messages.device-on': 'Уведомления на этом устройстве включены',
  'messages.device-off': 'Уведомления на устройстве отключены',
}

export const deliveryNames: Record<Delivery, string> = {
  'at-once': 'Письмо сразу',
  daily: 'Сводка раз в день',
  cabinet: 'Только в кабинете',
}

/** Shown on locked screens: it names nobody and nothing. */
export const notificationText = 'Новое сообщение в кабинете'
