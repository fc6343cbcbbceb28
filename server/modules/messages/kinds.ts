/**
 * What is told, to whom, by which channel: one table. Every `tell` names a line of it. In the cabinet all of it stands;
 * the choice of a person is about letters alone. Devices that take notifications are told of each message without a word
 * of what it says.
 */
import type { Delivery } from '../../../contracts/messages.ts'

export const groups = {
  applications: 'Заявки',
  reports: 'Отчёты',
  roadmap: 'Дорожная карта',
  organisations: 'Реестр организаций',
  security: 'Доступ и безопасность',
} as const

export type MessageGroup = keyof typeof groups

type Kind = {
  title: string
  group: MessageGroup
  /** Who gets it, as the page of choices says. */
  toWhom: string
  byDefault: Delivery
  /** Of access and security: a letter goes at once, whatever is chosen, so that a stranger's doing is seen in time. */
  always?: true
}

export const kinds = {
  'application.submitted': {
    title: 'Заявка подана и ждёт решения',
    group: 'applications',
    toWhom: 'заявителю',
    byDefault: 'at-once',
  },
  'application.waiting': {
    title: 'Заявка ждёт вашего решения',
    group: 'applications',
    toWhom: 'тем, кто решает по заявке',
    byDefault: 'at-once',
  },
  'application.granted': {
    title: 'Заявка исполнена',
    group: 'applications',
    toWhom: 'заявителю',
    byDefault: 'at-once',
  },
  'application.refused': {
    title: 'По заявке отказано',
    group: 'applications',
    toWhom: 'заявителю',
    byDefault: 'at-once',
  },
  'application.asked': {
    title: 'По заявке задан вопрос',
    group: 'applications',
    toWhom: 'заявителю',
    byDefault: 'at-once',
  },
  'application.answered': {
    title: 'На вопрос по заявке ответили',
    group: 'applications',
    toWhom: 'тем, кто решает по заявке',
    byDefault: 'at-once',
  },
  'application.reminded': {
    title: 'Скоро срок решения по заявке',
    group: 'applications',
    toWhom: 'тем, кто решает по заявке',
    byDefault: 'at-once',
  },
  'application.overdue': {
    title: 'Решение по заявке просрочено',
    group: 'applications',
    toWhom: 'тем, кто решает по заявке, и тем, кто над ними',
    byDefault: 'at-once',
  },
  'membership.ended': {
    title: 'Вас открепили от организации',
    group: 'security',
    toWhom: 'тому, кого открепили',
    byDefault: 'at-once',
    always: true,
  },
  // There is nothing left to do about it: a letter would only be one more to delete.
  'application.withdrawn': {
    title: 'Заявка отозвана, решение не нужно',
    group: 'applications',
    toWhom: 'тем, кто решает по заявке',
    byDefault: 'cabinet',
  },
  'application.closed': {
    title: 'Заявка закрыта без решения: организации больше нет',
    group: 'applications',
    toWhom: 'заявителю',
    byDefault: 'at-once',
  },
  'organisation.ended': {
    title: 'Ваша организация закрыта в реестре',
    group: 'security',
    toWhom: 'тем, кто к ней прикреплён',
    byDefault: 'at-once',
    always: true,
  },
  'report.waits': {
    title: 'Отчёт ждёт вашей проверки',
    group: 'reports',
    toWhom: 'тем, кто проверяет отчёты организации',
    byDefault: 'at-once',
  },
  'report.sent': {
    title: 'Отчёт отправлен на проверку',
    group: 'reports',
    toWhom: 'сотрудникам организации',
    byDefault: 'at-once',
  },
  // The organisation has nothing to do about it: it sees it in the cabinet.
  'report.risen': {
    title: 'Отчёт принят на одном из уровней и передан выше',
    group: 'reports',
    toWhom: 'сотрудникам организации',
    byDefault: 'cabinet',
  },
  'report.accepted': {
    title: 'Отчёт принят',
    group: 'reports',
    toWhom: 'сотрудникам организации',
    byDefault: 'at-once',
  },
  'report.refused': {
    title: 'Отчёт возвращён с причиной',
    group: 'reports',
    toWhom: 'сотрудникам организации',
    byDefault: 'at-once',
  },
  // A comment is answered within the cabinet: a letter for each would drown the others.
  'report.commented': {
    title: 'Новый комментарий к отчёту',
    group: 'reports',
    toWhom: 'сотрудникам организации и тем, кто проверяет отчёт',
    byDefault: 'cabinet',
  },
  'report.reminder': {
    title: 'Скоро срок отчёта, или он прошёл',
    group: 'reports',
    toWhom: 'сотрудникам организации',
    byDefault: 'at-once',
  },
  'report.extended': {
    title: 'Срок отчёта продлён',
    group: 'reports',
    toWhom: 'сотрудникам организации',
    byDefault: 'at-once',
  },
  'measure.changed': {
    title: 'Координатор изменил план региона: срок, отмена мероприятия',
    group: 'roadmap',
    toWhom: 'операторам региона',
    byDefault: 'at-once',
  },
  'figures.returned': {
    title: 'Показатели региона возвращены с причиной',
    group: 'roadmap',
    toWhom: 'операторам региона и их помощникам',
    byDefault: 'at-once',
  },
  'roadmap.reminded': {
    title: 'Координатор напомнил о просроченных мероприятиях',
    group: 'roadmap',
    toWhom: 'операторам региона и их помощникам',
    byDefault: 'at-once',
  },
  'measure.reminder': {
    title: 'Скоро срок мероприятия дорожной карты, или он прошёл',
    group: 'roadmap',
    toWhom: 'операторам региона и их помощникам',
    byDefault: 'at-once',
  },
  'measure.returned': {
    title: 'Отчёт о мероприятии возвращён',
    group: 'roadmap',
    toWhom: 'операторам региона и их помощникам',
    byDefault: 'at-once',
  },
  'measure.remarked': {
    title: 'Замечание координатора к мероприятию',
    group: 'roadmap',
    toWhom: 'операторам региона и их помощникам',
    byDefault: 'at-once',
  },
  'measure.remark-answered': {
    title: 'Регион ответил на замечание',
    group: 'roadmap',
    toWhom: 'координатору, который написал замечание',
    byDefault: 'at-once',
  },
  // Nothing is left to do about it.
  'measure.remark-settled': {
    title: 'Замечание к мероприятию снято',
    group: 'roadmap',
    toWhom: 'тому, кто ответил на замечание',
    byDefault: 'cabinet',
  },
  'roadmap.figures-reminded': {
    title: 'Координатор напомнил о показателях, которые не введены',
    group: 'roadmap',
    toWhom: 'операторам региона и их помощникам',
    byDefault: 'at-once',
  },
  'substitution.set': {
    title: 'Вам поручено замещать ответственного, или замещение закончено',
    group: 'reports',
    toWhom: 'тому, кто замещает',
    byDefault: 'at-once',
  },
  'handover.made': {
    title: 'Вам передана проверка отчётов, или передача закончена',
    group: 'reports',
    toWhom: 'тому, кому передана проверка, и тому, кто передал',
    byDefault: 'at-once',
  },
  'campaign.proposed': {
    title: 'Сбор за следующий период готов к открытию',
    group: 'reports',
    toWhom: 'тем, кто ведёт сбор',
    byDefault: 'at-once',
  },
  // Whoever waits for it sees its page; a letter for each file would be one more to delete.
  'import.ended': {
    title: 'Импорт организаций выполнен или отменён',
    group: 'organisations',
    toWhom: 'тому, кто загрузил файл',
    byDefault: 'cabinet',
  },
  'import.failed': {
    title: 'Импорт организаций остановился',
    group: 'organisations',
    toWhom: 'тому, кто загрузил файл',
    byDefault: 'at-once',
  },
  'seat.offered': {
    title: 'Вам передают единую учётную запись организации',
    group: 'security',
    toWhom: 'тому, кому её передают',
    byDefault: 'at-once',
    always: true,
  },
  'seat.handed-over': {
    title: 'Единая учётная запись организации передана',
    group: 'security',
    toWhom: 'прежнему и новому ответственному',
    byDefault: 'at-once',
    always: true,
  },
  'seat.refused': {
    title: 'От единой учётной записи организации отказались',
    group: 'security',
    toWhom: 'тому, кто её передавал',
    byDefault: 'at-once',
    always: true,
  },
} as const satisfies Record<string, Kind>

export type MessageKind = keyof typeof kinds

// as: keys of the table, which `Object.keys` widens to strings
export const kindNames = Object.keys(kinds) as MessageKind[]

export const isKind = (name: string): name is MessageKind => Object.hasOwn(kinds, name)
// as: likewise
export const groupNames = Object.keys(groups) as MessageGroup[]
export const isGroup = (name: string): name is MessageGroup => Object.hasOwn(groups, name)
export const kindOf = (name: MessageKind): Kind => kinds[name]
export const isAlways = (name: MessageKind): boolean => kindOf(name).always === true
export const kindsOf = (group: MessageGroup): MessageKind[] => kindNames.filter((name) => kindOf(name).group === group)
