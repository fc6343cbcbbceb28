import type { ApplicationState, AttachmentRole } from '../../../contracts/applications.ts'

export const stateNames: Record<ApplicationState, string> = {
  unconfirmed: 'Не подтверждена',
  asked: 'Ждёт ответа заявителя',
  waiting: 'Ждёт решения',
  granted: 'Исполнена',
  refused: 'Отказано',
  withdrawn: 'Отозвана',
  closed: 'Закрыта без решения',
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
    `Об этом уже просили: заявка № ${number} ждёт решения. Новую можно подать после решения или после отзыва прежней.`,
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
  'applications.not-yours-to-answer': 'На вопрос отвечает тот, кто подал заявку.',
  'applications.not-your-stage':
    'На этом этапе решает другой: оператор региона или администратор системы. Заявка в его очереди.',
  'applications.taken-by-another': ({ name }: { name: string }) =>
    `Заявка в работе у другого: ${name}. Попросите передать её вам или снимите её с рассмотрения на странице заявки.`,
  'applications.already-asked': 'Вопрос уже задан. Новый можно задать, когда заявитель ответит.',
  'applications.not-asked': 'Сейчас вопроса к вам нет: заявку рассматривают, ничего делать не нужно.',
  'applications.not-a-decider': 'Этому человеку заявку не передать: решать по ней он не может. Выберите другого.',
  'applications.nothing-to-change': 'Реквизиты такие же, как в реестре: менять нечего. Исправьте то, что неверно.',
  'applications.requisites-moved': ({ fields }: { fields: string }) =>
    `Пока заявка ждала, в реестре изменили то же самое: ${fields}. Сверьте и откажите с причиной: заявитель подаст новую.`,
  'applications.not-attached': 'Этот человек больше не прикреплён к организации: откреплять некого.',
  'applications.seat-is-yours': 'Учётная запись организации уже у вас: передавать нечего.',
  'applications.link-of-nothing':
    'По этой ссылке ничего нет: заявку не подтвердили за три дня или ссылка скопирована не целиком. Откройте её из письма или подайте заявку заново.',
  'applications.file-missing': 'Выберите файл: он не был приложен.',
  'applications.wrong-file':
    'Такой файл приложить нельзя. Подойдут PDF, JPG, PNG, документы и таблицы офисных программ до 5 МБ; имя должно оканчиваться так, как этого требует содержимое.',
  'applications.too-many-files': ({ most }: { most: number }) => `К заявке можно приложить не больше ${most} файлов.`,
}

export const notices = {
  'application.submitted': 'Заявка подана и ждёт решения',
  'application.granted': 'Решение принято: заявка исполнена',
  'application.agreed': 'Согласовано: заявка перешла к следующему решающему',
  'application.refused': 'Решение принято: по заявке отказано',
  'application.withdrawn': 'Заявка отозвана',
  'application.asked': 'Вопрос отправлен заявителю, срок остановлен',
  'application.answered': 'Ответ отправлен, заявку рассматривают дальше',
  'application.taken': 'Заявка у вас в работе',
  'application.passed': 'Заявка передана',
  'application.released': 'Заявка снята с рассмотрения и снова ничья',
  'application.attached-file': 'Файл приложен',
}
