import type { ApplicationKind, ApplicationState, AttachmentRole } from '../../../contracts/applications.ts'

export const stateNames: Record<ApplicationState, string> = {
  waiting: 'Ждёт решения',
  granted: 'Исполнена',
  refused: 'Отказано',
  withdrawn: 'Отозвана',
}

export const kindTitles: Record<ApplicationKind, string> = {
  attachment: 'Прикрепление к организации',
}

export const attachmentRoleNames: Record<AttachmentRole, string> = {
  responsible: 'ответственный в организации',
  member: 'заполняет отчёты',
  supervisor: 'проверяет отчёты подведомственных организаций',
}

/** As the person says it of itself. */
export const attachmentRoleChoices: Record<AttachmentRole, string> = {
  responsible: 'Ответственный в организации',
  member: 'Заполняю отчёты',
  supervisor: 'Проверяю отчёты подведомственных организаций',
}

export const attachmentRoleHints: Record<AttachmentRole, string> = {
  responsible: 'Заполняет и отправляет отчёты, отвечает за реквизиты, видит, кто прикреплён',
  member: 'Заполняет отчёты, без права отправки',
  supervisor: 'Принимает и возвращает отчёты всех, кто стоит ниже, решает по заявкам на прикрепление к ним',
}

export const phrases = {
  'applications.duplicate': ({ number }: { number: string }) =>
    `Вы уже просили об этом: заявка № ${number} ждёт решения. Новую можно подать после решения или после отзыва прежней.`,
  'applications.already-attached':
    'Вы уже прикреплены к этой организации: она стоит в личном кабинете, в блоке «Мои организации».',
  'applications.not-waiting': ({ state }: { state: ApplicationState }) =>
    `Решение уже не нужно: заявка сейчас «${stateNames[state].toLowerCase()}». Обновите страницу, чтобы увидеть, кто и когда это сделал.`,
  'applications.own': 'По своей заявке решение принимает другой человек. Она останется в его очереди.',
  'applications.no-supervisor-here':
    'Под этой организацией никто не стоит: проверять отчёты некого. Выберите другую роль.',
  'applications.supervisor-from-above':
    'Проверяющего назначает тот, кто стоит выше: оператор региона или администратор системы. Заявка в его очереди.',
  'applications.not-yours-to-withdraw':
    'Отозвать заявку может только тот, кто её подал. Вы можете отказать с причиной.',
}

export const notices = {
  'application.submitted': 'Заявка подана и ждёт решения',
  'application.granted': 'Решение принято: пользователь прикреплён',
  'application.refused': 'Решение принято: в прикреплении отказано',
  'application.withdrawn': 'Заявка отозвана',
}
