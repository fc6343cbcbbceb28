import type { Deeds } from '../../kernel/room.ts'

/** What acts about organisations are called where a person reads what somebody did. */
export const deeds: Deeds = {
  told: {
    'organisation.created': 'Добавлена организация',
    'organisation.changed': 'Изменены сведения об организации',
    'organisation.liquidated': 'Организация закрыта',
    'organisation.reopened': 'Организация открыта снова',
    'membership.ended': 'Сотрудник откреплён от организации',
    'organisations.import-confirmed': 'Запущен импорт организаций',
    'organisations.import-undo-ordered': 'Отменён импорт организаций',
    'organisations.exported': 'Выгружен реестр организаций',
    'seat.offered': 'Предложено передать учётную запись организации',
    'seat.handed-over': 'Передана учётная запись организации',
    'seat.withdrawn': 'Отозвана передача учётной записи организации',
  },
  addresses: { organisation: (id) => `/organisations/${id}` },
}
