import type { Deeds } from '../../kernel/room.ts'

/** What acts about applications are called where a person reads what somebody did. */
export const deeds: Deeds = {
  told: {
    'application.granted': 'Одобрена заявка',
    'application.agreed': 'Согласована заявка',
    'application.refused': 'Отказано по заявке',
    'application.asked': 'Задан вопрос по заявке',
    'application.taken': 'Заявка взята в работу',
    'application.passed': 'Заявка передана другому',
    'application.released': 'Заявка возвращена в общий список',
  },
  addresses: { application: (id) => `/applications/${id}` },
}
