/**
 * What is told of applications, in the cabinet and by letter; a visitor gets the same by letter alone. Titles are
 * subjects of letters: they name nobody.
 */
import { shortName } from '../../../web/kit/text.ts'
import type { MessageKind, Told } from '../messages/index.ts'
import { typeOf } from './application-type.ts'
import type { Application } from './applications.queries.ts'

export type Named = Pick<Application, 'id' | 'number' | 'kind' | 'applicantName' | 'organisationName'>

const toldOf = (kind: Extract<MessageKind, `application.${string}`>, { id, number }: Named) => ({
  kind,
  href: `/applications/${id}`,
  sender: `Заявка № ${number}`,
})

export const submitted = (application: Named, due: string): Told => ({
  ...toldOf('application.submitted', application),
  title: `Заявка № ${application.number} подана и ждёт решения`,
  body: `Вы просите: ${wishOf(application)}. Решение будет до ${due}. О нём придёт письмо, звонить не нужно.`,
  action: 'Посмотреть, где заявка',
})

export const agreed = (application: Named, due: string): Told => ({
  ...toldOf('application.submitted', application),
  title: `Заявка № ${application.number} согласована и пошла дальше`,
  body: `Вы просите: ${wishOf(application)}. Вышестоящая организация согласна, следующее решение будет до ${due}.`,
})

export const waiting = (application: Named, due: string): Told => ({
  ...toldOf('application.waiting', application),
  title: `Заявка № ${application.number} ждёт вашего решения`,
  body: `${asksFor(application)}. Решите до ${due}.`,
  action: 'Рассмотреть заявку',
})

export const passed = (application: Named): Told => ({
  ...toldOf('application.waiting', application),
  title: `Заявка № ${application.number} передана вам на рассмотрение`,
  body: `${asksFor(application)}. Решаете теперь вы.`,
  action: 'Рассмотреть заявку',
})

export const asked = (application: Named, question: string): Told => ({
  ...toldOf('application.asked', application),
  title: `По заявке № ${application.number} задан вопрос`,
  body: `Прежде чем решить, нужно уточнить:\n\n${question}\n\nОтветьте на странице заявки. Пока ответа нет, срок решения стоит.`,
  action: 'Ответить',
})

export const answered = (application: Named, answer: string): Told => ({
  ...toldOf('application.answered', application),
  title: `На вопрос по заявке № ${application.number} ответили`,
  body: `Ответ:\n\n${answer}`,
  action: 'Рассмотреть заявку',
})

/** @param granting what the decider has added: the kind's own words may depend on it */
export function granted(application: Named & Application, granting: unknown): Told {
  const own = typeOf(application).letter?.(application, granting)
  const { body = `Сделано то, о чём вы просили: ${wishOf(application)}.`, title, href, action } = own ?? {}
  const told = toldOf('application.granted', application)
  return {
    ...told,
    title: `Заявка № ${application.number} исполнена${title ? `: ${title}` : ''}`,
    body: application.reason ? `${body}\n\nПояснение: ${application.reason}` : body,
    href: href ?? told.href,
    ...(action ? { action } : {}),
  }
}

export const refused = (application: Named, reason: string): Told => ({
  ...toldOf('application.refused', application),
  title: `По заявке № ${application.number} отказано`,
  body: `Вы просили: ${wishOf(application)}. Это не согласовано.\n\nПричина: ${reason}\n\nУстраните причину и подайте заявку ещё раз.`,
})

export const closed = (application: Named, reason: string): Told => ({
  ...toldOf('application.closed', application),
  title: `Заявка № ${application.number} закрыта без решения`,
  body: `Вы просили: ${wishOf(application)}. Решать больше нечего.\n\nПричина: ${reason}\n\nЕсли просьба осталась, подайте заявку о другой организации.`,
})

export const withdrawn = (application: Named): Told => ({
  ...toldOf('application.withdrawn', application),
  title: `Заявка № ${application.number} отозвана, решение не нужно`,
  body: `Заявитель отозвал просьбу: ${wishOf(application)}.`,
})

/** To those in whose hands it was. */
export const needless = (application: Named, reason: string): Told => ({
  ...toldOf('application.withdrawn', application),
  title: `Заявка № ${application.number} закрыта, решение не нужно`,
  body: `${asksFor(application)}.\n\nПричина: ${reason}`,
})

export const reminded = (application: Named, due: string): Told => ({
  ...toldOf('application.reminded', application),
  title: `По заявке № ${application.number} скоро срок решения`,
  body: `${asksFor(application)}. Решите до ${due}.`,
  action: 'Рассмотреть заявку',
})

export const overdue = (application: Named, due: string): Told => ({
  ...toldOf('application.overdue', application),
  title: `Решение по заявке № ${application.number} просрочено`,
  body: `${asksFor(application)}. Срок был ${due}. Решить могут и те, кто стоит выше: им сообщено.`,
  action: 'Рассмотреть заявку',
})

export const detached = (organisation: string, reason: string): Told => ({
  kind: 'membership.ended',
  title: 'Вас открепили от организации',
  body: `Организация: ${organisation}. Её отчёты и заявки вы больше не видите; учётная запись остаётся вашей.\n\nПричина: ${reason}\n\nЕсли это ошибка, подайте заявку на прикрепление.`,
  href: '/applications/new',
  sender: organisation,
})

export type Ended = {
  id: string
  shortName: string
  reason: string
  successor: { id: string; shortName: string } | null
}

/** To those who are attached to it: what becomes of their work, and what to do. */
export const ended = ({ id, shortName: name, reason, successor }: Ended): Told => ({
  kind: 'organisation.ended',
  title: 'Ваша организация закрыта в реестре',
  body: [
    `Организация: ${name}.`,
    `Причина: ${reason}`,
    'Её отчёты и история сохранены, новых отчётов и заявок о ней не будет. Заявки, которые ждали решения, закрыты.',
    successor
      ? `Её дела перешли к организации ${successor.shortName}. Чтобы работать в ней, подайте заявку на прикрепление.`
      : 'Если вы перешли в другую организацию, подайте заявку на прикрепление к ней. Если это ошибка, напишите в вышестоящую организацию.',
  ].join('\n\n'),
  href: successor ? `/applications/new/attachment?organisation=${successor.id}` : `/organisations/${id}`,
  sender: name,
  action: successor ? 'Прикрепиться' : 'Открыть организацию',
})

/** «Преображенская А. К. просит: прикрепление к организации (МБДОУ № 14)». */
const asksFor = (application: Named): string => `${shortName(application.applicantName)} просит: ${wishOf(application)}`

const wishOf = (application: Named): string => `${lowered(typeOf(application).title)} (${application.organisationName})`

const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1)
