/** Who is told what of an application, in the cabinet and by letter. Titles are subjects of letters: they name nobody. */
import type { AttachmentRole } from '../../../contracts/applications.ts'
import { formatDateTime } from '../../../web/kit/dates.ts'
import { shortName } from '../../../web/kit/text.ts'
import type { Tx } from '../../kernel/db/index.ts'
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { tell } from '../messages/index.ts'
import { listDeciders } from '../organisations/index.ts'
import { attachmentRoleNames } from './applications.phrases.ts'
import { type Application, findApplication } from './applications.queries.ts'
import { attachmentFormOf } from './attachment.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    /** The zone in which the deadline is told. */
    'application.submitted': { applicationId: string; timeZone: string }
    /** The role given, whatever was asked for. */
    'application.granted': { applicationId: string; role: AttachmentRole }
    'application.refused': { applicationId: string }
    'application.withdrawn': { applicationId: string }
  }
}

export const handlers: EventHandlers = {
  'application.submitted': async (tx, { applicationId, timeZone }) => {
    const application = await findApplication(tx, applicationId)
    // Withdrawn before anyone was told of it: there is nothing to decide.
    if (application?.state !== 'waiting') return
    const due = formatDateTime(application.dueAt, timeZone, 'named')
    await tellApplicant(tx, application, due)
    await tellDeciders(tx, application, due)
  },
  'application.granted': async (tx, { applicationId, role }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    const next =
      role === 'supervisor'
        ? 'Отчёты подведомственных организаций — в разделе «Отчёты», заявки их сотрудников — в разделе «Заявки».'
        : 'Откройте её, чтобы перейти к отчётам.'
    const explained = application.reason ? `\n\nПояснение: ${application.reason}` : ''
    await tell(tx, {
      ...common(application, 'granted'),
      accountId: application.applicantId,
      title: `Заявка № ${application.number} исполнена: вы прикреплены к организации`,
      body: `${application.organisationName} теперь стоит в личном кабинете, в блоке «Мои организации». ${next}${explained}`,
      href: `/organisations/${application.organisationId}`,
      action: 'Перейти к организации',
    })
  },
  'application.refused': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    await tell(tx, {
      ...common(application, 'refused'),
      accountId: application.applicantId,
      title: `По заявке № ${application.number} отказано`,
      body: `Прикрепление к организации ${application.organisationName} не согласовано.\n\nПричина: ${application.reason}\n\nУстраните причину и подайте заявку ещё раз.`,
    })
  },
  'application.withdrawn': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    await tell(tx, {
      ...common(application, 'withdrawn'),
      accountIds: await decidersOf(tx, application),
      title: `Заявка № ${application.number} отозвана, решение не нужно`,
      body: `Заявитель отозвал просьбу о прикреплении к организации ${application.organisationName}.`,
    })
  },
}

const tellApplicant = (tx: Tx, application: Application, due: string) =>
  tell(tx, {
    ...common(application, 'submitted'),
    accountId: application.applicantId,
    title: `Заявка № ${application.number} подана и ждёт решения`,
    body: `Вы просите прикрепить вас к организации ${application.organisationName}. Решение будет до ${due}. О нём придёт письмо, звонить не нужно.`,
    action: 'Посмотреть, где заявка',
  })

async function tellDeciders(tx: Tx, application: Application, due: string): Promise<void> {
  const { role } = attachmentFormOf(application)
  await tell(tx, {
    ...common(application, 'waiting'),
    accountIds: await decidersOf(tx, application),
    title: `Заявка № ${application.number} ждёт вашего решения`,
    body: `${shortName(application.applicantName)} просит прикрепить учётную запись к организации ${application.organisationName}, роль: ${attachmentRoleNames[role]}. Решите до ${due}.`,
    action: 'Рассмотреть заявку',
  })
}

const decidersOf = async (tx: Tx, { organisationId, applicantId }: Application): Promise<string[]> =>
  (await listDeciders(tx, organisationId, 'application.decide', applicantId)).map(({ accountId }) => accountId)

type What = 'submitted' | 'waiting' | 'granted' | 'refused' | 'withdrawn'

const common = ({ id, number }: Application, what: What) => ({
  kind: `application.${what}` as const,
  href: `/applications/${id}`,
  sender: `Заявка № ${number}`,
  uniqueKey: `application:${id}:${what}`,
})
