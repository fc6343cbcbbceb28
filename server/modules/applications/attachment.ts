/**
 * The application «Прикрепление к организации»: what it asks, who decides, what granting it does, and what is checked
 * for the one who decides.
 */
import {
  AttachmentForm,
  type AttachmentRole,
  attachmentRoles,
  type Granting,
  type NewAttachment,
} from '../../../contracts/applications.ts'
import type { OrganisationLevel } from '../../../contracts/organisations.ts'
import { type Db, type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { grantRole } from '../identity/index.ts'
import { attachMember, findOrganisation } from '../organisations/index.ts'
import { AlreadyInOrganisation, noSupervisorHere } from './applications.errors.ts'
import { type Application, findCircumstances, isAttached } from './applications.queries.ts'
import { dayIn } from './deadlines.ts'
import { submitApplication } from './submission.ts'

/** What the form of an application of this kind holds. */
export const attachmentFormOf = (application: Pick<Application, 'form'>): AttachmentForm =>
  AttachmentForm.parse(application.form)

/** Nobody stands below an institution, so nobody checks reports from there. */
export const rolesAt = (level: OrganisationLevel): readonly AttachmentRole[] =>
  level === 'region' || level === 'municipality'
    ? attachmentRoles
    : attachmentRoles.filter((role) => role !== 'supervisor')

const workingDays = 2

/**
 * Asks to be attached to any open organisation of the registry.
 * @returns id and number of the application
 * @throws DuplicateApplication 409, AlreadyInOrganisation 409, NotFound 404; InvalidInput 422 for a role that is not there
 */
export const applyForAttachment = (ctx: Context, { organisationId, role, why }: NewAttachment) =>
  transaction(ctx, async (tx) => {
    const organisation = await findOrganisation(tx, organisationId)
    if (!organisation || organisation.closedAt) throw new NotFound({ what: 'organisation' })
    if (!rolesAt(organisation.level).includes(role)) throw noSupervisorHere()
    if (await isAttached(tx, ctx.account.id, organisationId)) throw new AlreadyInOrganisation()
    return submitApplication(tx, ctx, { kind: 'attachment', organisationId, form: { role, why }, workingDays })
  })

/**
 * The effect of granting: in the transaction of the decision, with the role and the days that the decider has set. A
 * supervisor is attached to its own organisation and holds its role over all that stand below, for the same days.
 */
export async function attachApplicant(
  tx: Tx,
  ctx: Context,
  application: Application,
  granting: Granting,
): Promise<void> {
  const { applicantId: accountId, organisationId, organisationLevel } = application
  const { role, endsOn } = granting
  if (!rolesAt(organisationLevel).includes(role)) throw noSupervisorHere()
  const startsOn = granting.startsOn ?? dayIn(new Date(), ctx.timeZone)
  await attachMember(tx, ctx, { accountId, organisationId, role, startsOn, endsOn })
  if (role === 'supervisor')
    await grantRole(tx, ctx, accountId, { role, scope: 'subtree', organisationId }, { startsOn, endsOn })
}

export type AttachmentChecks = {
  emailConfirmedAt: Date | null
  /** The domain of the applicant's e-mail against that of the organisation's. */
  domain: 'same' | 'free' | 'other' | 'unknown'
  organisationDomain: string | undefined
  othersWithRole: number
  namesakes: number
  role: AttachmentRole
}

/** What the one who decides would otherwise have to look up. */
export async function checkAttachment(db: Db, application: Application): Promise<AttachmentChecks> {
  const { role } = attachmentFormOf(application)
  const { othersWithRole, namesakes } = await findCircumstances(db, { ...application, role })
  const organisationDomain = application.organisationEmail ? domainOf(application.organisationEmail) : undefined
  return {
    emailConfirmedAt: application.applicantEmailConfirmedAt,
    domain: compareDomains(domainOf(application.applicantEmail), organisationDomain),
    organisationDomain,
    othersWithRole,
    namesakes,
    role,
  }
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()

/** Mail services where anyone opens a mailbox under any name. */
const freeDomains = new Set([
  ...['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru', 'yandex.ru', 'ya.ru', 'rambler.ru'],
  ...['gmail.com', 'outlook.com', 'hotmail.com', 'yahoo.com', 'icloud.com', 'proton.me'],
])

function compareDomains(applicant: string, organisation: string | undefined): AttachmentChecks['domain'] {
  if (freeDomains.has(applicant)) return 'free'
  if (organisation === undefined) return 'unknown'
  return applicant === organisation ? 'same' : 'other'
}
