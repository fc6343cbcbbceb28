/** Who is told what of an application, in the cabinet and by letter. Titles are subjects of letters: they name nobody. */
import { formatDateTime } from '../../../web/kit/dates.ts'
import { shortName } from '../../../web/kit/text.ts'
import type { Tx } from '../../kernel/db/index.ts'
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { type Telling, tell } from '../messages/index.ts'
import { findOrganisation } from '../organisations/index.ts'
import { typeOf } from './application-type.ts'
import { type Application, findApplication } from './applications.queries.ts'
import { listDecidersNow } from './deciders.queries.ts'
import { writeToVisitor } from './visitors.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    /** The zone in which the deadline is told. A visitor's: when its address is confirmed. */
    'application.submitted': { applicationId: string; timeZone: string }
    'application.agreed': { applicationId: string; stage: number; timeZone: string }
    'application.passed': { applicationId: string; accountId: string }
    'application.asked': { applicationId: string; text: string }
    'application.answered': { applicationId: string; text: string }
    /** What the decider has added, whatever was asked for. */
    'application.granted': { applicationId: string; granting?: unknown }
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
    await tellApplicant(tx, application, 'submitted', {
      title: `Заявка № ${application.number} подана и ждёт решения`,
      body: `Вы просите: ${wishOf(application)}. Решение будет до ${due}. О нём придёт письмо, звонить не нужно.`,
      action: 'Посмотреть, где заявка',
    })
    await tellDeciders(tx, application, 'waiting', due)
  },
  'application.agreed': async (tx, { applicationId, stage, timeZone }) => {
    const application = await findApplication(tx, applicationId)
    if (application?.state !== 'waiting' || application.stage !== stage) return
    const due = formatDateTime(application.dueAt, timeZone, 'named')
    await tellApplicant(tx, application, 'submitted', {
      title: `Заявка № ${application.number} согласована и пошла дальше`,
      body: `Вы просите: ${wishOf(application)}. Вышестоящая организация согласна, следующее решение будет до ${due}.`,
      uniqueKey: `agreed:${stage}`,
    })
    await tellDeciders(tx, application, 'waiting', due, `waiting:${stage}`)
  },
  'application.passed': async (tx, { applicationId, accountId }, eventId) => {
    const application = await findApplication(tx, applicationId)
    if (application?.assigneeId !== accountId) return
    await tell(tx, {
      ...common(application, 'waiting', `passed:${eventId}`),
      accountId,
      title: `Заявка № ${application.number} передана вам на рассмотрение`,
      body: `${asksFor(application)}. Решаете теперь вы.`,
      action: 'Рассмотреть заявку',
    })
  },
  'application.asked': async (tx, { applicationId, text }, eventId) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    await tellApplicant(tx, application, 'asked', {
      title: `По заявке № ${application.number} задан вопрос`,
      body: `Прежде чем решить, нужно уточнить:\n\n${text}\n\nОтветьте на странице заявки. Пока ответа нет, срок решения стоит.`,
      action: 'Ответить',
      uniqueKey: eventId,
    })
  },
  'application.answered': async (tx, { applicationId, text }, eventId) => {
    const application = await findApplication(tx, applicationId)
    if (application?.state !== 'waiting') return
    await tell(tx, {
      ...common(application, 'answered', eventId),
      accountIds: await handsOf(tx, application),
      title: `На вопрос по заявке № ${application.number} ответили`,
      body: `Ответ:\n\n${text}`,
      action: 'Рассмотреть заявку',
    })
  },
  'application.granted': async (tx, { applicationId, granting }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    const type = typeOf(application)
    const told = type.letter?.(application, granting) ?? {
      body: `Сделано то, о чём вы просили: ${wishOf(application)}.`,
    }
    const explained = application.reason ? `\n\nПояснение: ${application.reason}` : ''
    await tellApplicant(tx, application, 'granted', {
      title: `Заявка № ${application.number} исполнена${told.title ? `: ${told.title}` : ''}`,
      body: told.body + explained,
      ...(told.href ? { href: told.href } : {}),
      ...(told.action ? { action: told.action } : {}),
    })
  },
  'application.refused': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    await tellApplicant(tx, application, 'refused', {
      title: `По заявке № ${application.number} отказано`,
      body: `Вы просили: ${wishOf(application)}. Это не согласовано.\n\nПричина: ${application.reason}\n\nУстраните причину и подайте заявку ещё раз.`,
    })
  },
  'membership.ended': async (tx, { accountId, organisationId, reason }, eventId) => {
    const organisation = await findOrganisation(tx, organisationId)
    if (!organisation) return
    await tell(tx, {
      accountId,
      kind: 'membership.ended',
      title: 'Вас открепили от организации',
      body: `Организация: ${organisation.shortName}. Её отчёты и заявки вы больше не видите; учётная запись остаётся вашей.\n\nПричина: ${reason}\n\nЕсли это ошибка, подайте заявку на прикрепление.`,
      href: '/applications/new',
      sender: organisation.shortName,
      uniqueKey: `membership.ended:${eventId}`,
    })
  },
  'application.withdrawn': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    await tell(tx, {
      ...common(application, 'withdrawn'),
      accountIds: await handsOf(tx, application),
      title: `Заявка № ${application.number} отозвана, решение не нужно`,
      body: `Заявитель отозвал просьбу: ${wishOf(application)}.`,
    })
  },
}

type Words = Pick<Telling, 'title' | 'body'> & Partial<Pick<Telling, 'href' | 'action' | 'uniqueKey'>>

/** In its cabinet and by letter; of a visitor, by letter alone. */
async function tellApplicant(tx: Tx, application: Application, what: What, words: Words): Promise<void> {
  const { uniqueKey = what, ...told } = words
  if (application.applicantId)
    await tell(tx, { ...common(application, what, uniqueKey), accountId: application.applicantId, ...told })
  else
    await writeToVisitor(tx, application, {
      what: uniqueKey,
      subject: told.title,
      paragraphs: told.body.split('\n\n'),
    })
}

async function tellDeciders(tx: Tx, application: Application, what: What, due: string, uniqueKey: string = what) {
  await tell(tx, {
    ...common(application, what, uniqueKey),
    accountIds: await handsOf(tx, application),
    title: `Заявка № ${application.number} ждёт вашего решения`,
    body: `${asksFor(application)}. Решите до ${due}.`,
    action: 'Рассмотреть заявку',
  })
}

/** «Преображенская А. К. просит: прикрепление к организации (МБДОУ № 14)». */
const asksFor = (application: Application): string =>
  `${shortName(application.applicantName)} просит: ${wishOf(application)}`

const wishOf = (application: Application): string =>
  `${lowered(typeOf(application).title)} (${application.organisationName})`

const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1)

const handsOf = async (tx: Tx, application: Application): Promise<string[]> =>
  (await listDecidersNow(tx, application)).map(({ accountId }) => accountId)

type What =
  | 'submitted'
  | 'waiting'
  | 'granted'
  | 'refused'
  | 'withdrawn'
  | 'asked'
  | 'answered'
  | 'reminded'
  | 'overdue'

export const common = ({ id, number }: Application, what: What, uniqueKey: string = what) => ({
  kind: `application.${what}` as const,
  href: `/applications/${id}`,
  sender: `Заявка № ${number}`,
  uniqueKey: `application:${id}:${uniqueKey}`,
})
