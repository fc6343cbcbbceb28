/** Who stands in for a responsible for some days: the substitute's role holds for these days and ends by itself. */
import type { NewSubstitution, Substitution } from '../../../../contracts/campaigns.ts'
import { formatDate } from '../../../../web/kit/dates.ts'
import { dayIn, holdsFrom } from '../../../kernel/calendar/index.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { endDatedRole, grantRole } from '../../identity/index.ts'
import { type Told, tell } from '../../messages/index.ts'
import { accessOrganisation, listMembers, placeOf } from '../../organisations/index.ts'
import { SubstituteAway, SubstituteUnfit, SubstitutionDays } from './campaigns.errors.ts'
import {
  endSubstitutionNow,
  insertSubstitution,
  isSubstituted,
  listSubstitutions,
  lockSubstitution,
} from './substitutions.queries.ts'

/**
 * By whoever sends the organisation's reports, or decides over them when the responsible cannot be asked.
 * @throws SubstituteUnfit 422 when it is nobody of the organisation; SubstitutionDays 422; SubstituteAway 409 when
 * these days have a substitute already
 */
export const setSubstitution = (ctx: Context, asked: NewSubstitution): Promise<void> =>
  transaction(ctx, async (tx) => {
    const organisation = await accessSubstitutions(tx, ctx, asked.organisationId)
    const members = await listMembers(tx, asked.organisationId)
    const holds = (accountId: string, roles: readonly string[]) =>
      members.some((member) => member.accountId === accountId && roles.includes(member.role))
    if (asked.absentId === asked.substituteId || !holds(asked.substituteId, ['member', 'responsible']))
      throw new SubstituteUnfit()
    if (!holds(asked.absentId, ['responsible'])) throw new SubstituteUnfit()
    if (asked.endsOn < asked.startsOn || asked.endsOn < dayIn(new Date(), ctx.timeZone)) throw new SubstitutionDays()
    if (await isSubstituted(tx, asked)) throw new SubstituteAway()

    const set = { ...asked, startsOn: holdsFrom(asked.startsOn, ctx.timeZone) }
    await insertSubstitution(tx, { ...set, by: ctx.account.id })
    await grantRole(tx, ctx, asked.substituteId, roleAt(asked.organisationId), set)
    journal(
      tx,
      ctx,
      'substitution.set',
      { kind: 'organisation', id: asked.organisationId },
      {
        absent: asked.absentId,
        substitute: asked.substituteId,
        startsOn: asked.startsOn,
        endsOn: asked.endsOn,
      },
    )
    const absent = members.find(({ accountId }) => accountId === asked.absentId)?.fullName ?? ''
    await tell(tx, { ...substituting(organisation, absent, asked), accountId: asked.substituteId })
  })

/**
 * «Закончить раньше»: the substitute's role and the substitution end now, by whoever may set one.
 * @throws NotFound 404 when it has ended already
 */
export const endSubstitution = (ctx: Context, id: string): Promise<{ organisationId: string }> =>
  transaction(ctx, async (tx) => {
    const substitution = await lockSubstitution(tx, id)
    if (!substitution) throw new NotFound({ what: 'substitution' })
    const { organisationId, substituteId, absentId, startsOn, endsOn } = substitution
    const organisation = await accessSubstitutions(tx, ctx, organisationId)
    await endSubstitutionNow(tx, id)
    await endDatedRole(tx, ctx, substituteId, roleAt(organisationId), { startsOn, endsOn })
    const told = { absent: absentId, substitute: substituteId, startsOn, endsOn }
    journal(tx, ctx, 'substitution.ended', { kind: 'organisation', id: organisationId }, told)
    await tell(tx, { ...substitutingNoMore(organisation), accountId: substituteId })
    return { organisationId }
  })

const roleAt = (organisationId: string) => ({ role: 'responsible', scope: 'organisation', organisationId }) as const

type Substituted = { id: string; shortName: string }

export const substituting = (
  { id, shortName }: Substituted,
  absent: string,
  { startsOn, endsOn }: Pick<NewSubstitution, 'startsOn' | 'endsOn'>,
): Told => ({
  kind: 'substitution.set',
  title: `Вы замещаете ответственного: ${shortName}`,
  body: `С ${formatDate(startsOn)} по ${formatDate(endsOn)} вы замещаете ответственного (${absent}): заполняете и отправляете отчёты организации ${shortName} и получаете напоминания о сроках. После последнего дня замещение кончится само.`,
  href: `/organisations/${id}`,
  action: 'Открыть организацию',
})

const substitutingNoMore = ({ id, shortName }: Substituted): Told => ({
  kind: 'substitution.set',
  title: `Замещение закончено: ${shortName}`,
  body: `Вы больше не замещаете ответственного организации ${shortName}: замещение закончили раньше срока.`,
  href: `/organisations/${id}`,
  action: 'Открыть организацию',
})

/** @throws NotFound 404, Forbidden 403 */
export async function accessSubstitutions(db: Db, ctx: Context, organisationId: string) {
  const organisation = await accessOrganisation(db, ctx, organisationId, 'organisation.read')
  if (!maySubstitute(ctx, organisation)) throw new Forbidden()
  return organisation
}

export const maySubstitute = (ctx: Context, organisation: Parameters<typeof placeOf>[0]): boolean =>
  ctx.grants.allow('report.send', placeOf(organisation)) || ctx.grants.allow('report.decide', placeOf(organisation))

export async function viewSubstitutions(ctx: Context, organisationId: string): Promise<Substitution[]> {
  await accessOrganisation(ctx.db, ctx, organisationId, 'organisation.read')
  return (await listSubstitutions(ctx.db, organisationId)).map(({ organisationId: id, organisationName, ...row }) => ({
    ...row,
    organisation: { id, shortName: organisationName },
  }))
}
