/**
 * «Прикрепление к организации»: what it asks, who decides, what granting it does, and what is checked for the one who
 * decides.
 */
import {
  AttachmentForm,
  AttachmentGranting,
  type AttachmentRole,
  attachmentRoles,
  type NewAttachment,
} from '../../../../contracts/applications.ts'
import type { OrganisationLevel } from '../../../../contracts/organisations.ts'
import { formatDate } from '../../../../web/kit/dates.ts'
import { capital, counted, plural } from '../../../../web/kit/text.ts'
import { dayIn, holdsFrom } from '../../../kernel/calendar/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { grantRole } from '../../identity/index.ts'
import { attachMember, placeAbove } from '../../organisations/index.ts'
import { applicationType, type Check } from '../application-type.ts'
import { AlreadyInOrganisation, noSupervisorHere, SupervisorFromAbove } from '../applications.errors.ts'
import { attachmentRoleChoices, attachmentRoleHints, attachmentRoleNames } from '../applications.phrases.ts'
import type { Application } from '../applications.queries.ts'
import { findCircumstances, isAttached } from '../circumstances.queries.ts'
import type { Field } from '../fields.tsx'
import { checkMail } from '../mail-checks.ts'
import { type Entered, submitApplication } from '../submission.ts'

/** Nobody stands below an institution, so nobody checks reports from there. */
export const rolesAt = (level: OrganisationLevel | null): readonly AttachmentRole[] =>
  level === 'region' || level === 'municipality'
    ? attachmentRoles
    : attachmentRoles.filter((role) => role !== 'supervisor')

/**
 * Asks to be attached to any open organisation of the registry.
 * @throws DuplicateApplication 409, AlreadyInOrganisation 409, NotFound 404; InvalidInput 422 for a role that is not there
 */
export const applyForAttachment = (ctx: Context, { organisationId, ...form }: NewAttachment): Promise<Entered> =>
  submitApplication(ctx, { kind: 'attachment', organisationId, form })

export const attachment = applicationType<AttachmentForm, AttachmentGranting>({
  kind: 'attachment',
  title: 'Прикрепление к организации',
  told: 'Чтобы видеть отчёты своей организации и заполнять их, прикрепитесь к ней.',
  group: 'people',
  help: { href: '/guide/organizatsiya', text: 'прикрепление к организации' },
  about: 'organisation',
  asks: 'anyone',
  form: AttachmentForm,
  fields: async ({ organisation }) => [
    {
      name: 'role',
      label: 'Роль в организации',
      kind: 'radios',
      options: rolesAt(organisation?.level ?? null).map((value) => ({
        value,
        text: attachmentRoleChoices[value],
        hint: attachmentRoleHints[value],
      })),
    },
    {
      name: 'why',
      label: 'Зачем вам доступ',
      kind: 'area',
      hint: 'Должность, приказ, за что отвечаете. Это прочитает тот, кто принимает решение.',
      maxLength: 1000,
    },
  ],
  values: async () => ({ role: 'member' }),
  sameAs: (_form, applicantId) => applicantId ?? '',
  // A supervisor is made from above: nobody gives away what it holds itself.
  stages: ({ role }) => [
    {
      title: 'Решение вышестоящей организации',
      permission: 'application.decide',
      fromAbove: role === 'supervisor',
      workingDays: 2,
    },
  ],
  prepare: async (tx, { asker, organisation }, form) => {
    if (organisation && !rolesAt(organisation.level).includes(form.role)) throw noSupervisorHere()
    if (organisation && asker && (await isAttached(tx, asker.account.id, organisation.id)))
      throw new AlreadyInOrganisation()
    return form
  },
  facts: async (_db, { role, why }) => [
    ['Роль', attachmentRoleNames[role]],
    ['Зачем', `«${why}»`],
  ],
  checks: checkAttachment,
  granting: {
    form: AttachmentGranting,
    fields: async (ctx, _form, application) => grantingFields(ctx, application),
    values: ({ role }) => ({ role, startsOn: formatDate(new Date()), endsOn: '' }),
  },
  grant: {
    text: 'Прикрепить',
    hint: 'Пользователь сразу увидит организацию в блоке «Мои организации» и получит письмо',
    done: 'Пользователь прикреплён',
    next: 'письмо заявителю; после прикрепления ему откроется организация и её отчёты',
  },
  effect: async (tx, ctx, { application, granting }) => {
    const { applicantId: accountId, organisationId, organisationLevel } = application
    const { role, endsOn } = granting
    if (!accountId || !organisationId) throw new TypeError('An attachment is of an account and an organisation')
    if (!rolesAt(organisationLevel).includes(role)) throw noSupervisorHere()
    if (!mayGive(ctx, application, role)) throw new SupervisorFromAbove()
    const startsOn = holdsFrom(granting.startsOn ?? dayIn(new Date(), ctx.timeZone), ctx.timeZone)
    await attachMember(tx, ctx, { accountId, organisationId, role, startsOn, endsOn })
    // Its role over all that stand below holds for the same days.
    if (role === 'supervisor')
      await grantRole(tx, ctx, accountId, { role, scope: 'subtree', organisationId }, { startsOn, endsOn })
  },
  letter: ({ organisationName, organisationId }, granting) => ({
    title: 'вы прикреплены к организации',
    body: `${organisationName} теперь стоит в личном кабинете, в блоке «Мои организации». ${
      AttachmentGranting.safeParse(granting).data?.role === 'supervisor'
        ? 'Отчёты подведомственных организаций — в разделе «Отчёты», заявки их сотрудников — в разделе «Заявки».'
        : 'Откройте её, чтобы перейти к отчётам.'
    }`,
    href: `/organisations/${organisationId}`,
    action: 'Перейти к организации',
  }),
})

const mayGive = (ctx: Context, application: Application, role: AttachmentRole): boolean =>
  role !== 'supervisor' || ctx.grants.allow('application.decide', placeAbove(application))

const grantingFields = (ctx: Context, application: Application): Field[] => [
  {
    name: 'role',
    label: 'Роль в организации',
    kind: 'select',
    width: 20,
    options: rolesAt(application.organisationLevel)
      .filter((role) => mayGive(ctx, application, role))
      .map((value) => ({ value, text: capital(attachmentRoleNames[value]) })),
  },
  { name: 'startsOn', label: 'Прикрепить с', kind: 'date' },
  { name: 'endsOn', label: 'по', kind: 'date', optional: true },
]

/** What the one who decides would otherwise have to look up. */
async function checkAttachment(db: Db, { role }: AttachmentForm, application: Application): Promise<Check[]> {
  const { applicantId, organisationId, organisationEmail, applicantEmail } = application
  if (!applicantId || !organisationId) return []
  const { othersWithRole, namesakes } = await findCircumstances(db, { applicantId, organisationId, role })
  return [
    application.applicantEmailConfirmedAt
      ? { tone: 'ok', text: 'Почта подтверждена' }
      : { tone: 'bad', text: 'Почта не подтверждена' },
    await checkMail(db, applicantEmail ?? '', organisationEmail),
    namesakes === 0
      ? { tone: 'ok', text: 'Других учётных записей на это имя нет' }
      : {
          tone: 'warn',
          text: `На это имя есть ещё ${counted(namesakes, ['учётная запись', 'учётные записи', 'учётных записей'])}`,
        },
    othersWithRole === 0
      ? { tone: 'ok', text: `С этой ролью к организации никто не прикреплён: ${attachmentRoleNames[role]}` }
      : {
          tone: 'warn',
          text: `К организации уже ${plural(othersWithRole, ['прикреплён', 'прикреплены', 'прикреплены'])} ${counted(othersWithRole, ['человек', 'человека', 'человек'])} с этой ролью:`,
          link: { text: 'показать', href: `/organisations/${organisationId}#people` },
        },
  ]
}
