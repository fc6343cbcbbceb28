import type { Deeds } from '../../kernel/room.ts'

/** What acts about reports are called where a person reads what somebody did. */
export const deeds: Deeds = {
  told: {
    'report.accepted': 'Принят отчёт',
    'report.risen': 'Отчёт передан на следующий уровень проверки',
    'report.refused': 'Отклонён отчёт',
    'report.returned': 'Отчёт возвращён на исправление',
    'report.extended': 'Продлён срок отчёта',
    'report.remarked': 'Написано замечание к отчёту',
    'report.remark-settled': 'Замечание к отчёту снято',
    'report.commented': 'Написано сообщение к отчёту',
    'report.thread-resolved': 'Закрыто обсуждение в отчёте',
    'report.thread-reopened': 'Возобновлено обсуждение в отчёте',
    'report.attached': 'Приложен файл к отчёту',
    'report.detached': 'Убран файл из отчёта',
    'campaign.drafted': 'Создан черновик сбора',
    'campaign.opened': 'Открыт сбор',
    'campaign.scheduled': 'Назначено открытие сбора',
    'campaign.changed': 'Изменён сбор',
    'campaign.audience-changed': 'Изменено, кто участвует в сборе',
    'campaign.reminded': 'Отправлены напоминания о сборе',
    'campaign.closed': 'Закрыт сбор',
    'campaign.dropped': 'Удалён черновик сбора',
    'consolidation.corrected': 'Исправлено число свода',
    'consolidation.withdrawn': 'Отменено исправление свода',
    'summary.saved': 'Сохранена сводка',
    'summary.published': 'Опубликована сводка',
    'summary.unpublished': 'Снята публикация сводки',
    'summary.removed': 'Удалена сводка',
  },
  addresses: {
    report: (id) => `/reports/${id}`,
    campaign: (id) => `/campaigns/${id}`,
    summary: (id) => `/summaries/${id}`,
  },
}
