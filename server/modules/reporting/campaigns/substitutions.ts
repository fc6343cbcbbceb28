/** Who stands in for a responsible for some days: the substitute's role holds for these days and ends by itself. */
import type { NewSubstitution, Substitution } from '../../../../contracts/campaigns.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { grantRole } from '../../identity/index.ts'
import { accessOrganisation, listMembers, placeOf } from '../../organisations/index.ts'
import { SubstituteUnfit, SubstitutionDays } from './campaigns.errors.ts'
import { insertSubstitution, listSubstitutions } from './substitutions.queries.ts'

/**
 * By whoever sends the organisation's reports, or decides over them when the responsible cannot be asked.
 * @throws SubstituteUnfit 422 when it is nobody of the organisation; SubstitutionDays 422
 */
export const setSubstitution = (ctx: Context, asked: NewSubstitution): Promise<void> =>
  transaction(ctx, async (tx) => {
    await accessSubstitutions(tx, ctx, asked.organisationId)
    const members = await listMembers(tx, asked.organisationId)
    const holds = (accountId: string, roles: readonly string[]) =>
      members.some((member) => member.accountId === accountId && roles.includes(member.role))
    if (asked.absentId === asked.substituteId || !holds(asked.substituteId, ['member', 'responsible']))
      throw new SubstituteUnfit()
    if (!holds(asked.absentId, ['responsible'])) throw new SubstituteUnfit()
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: ctx.timeZone })
    if (asked.endsOn < asked.startsOn || asked.endsOn < today) throw new SubstitutionDays()

    await insertSubstitution(tx, { ...asked, by: ctx.account.id })
    const role = { role: 'responsible', scope: 'organisation', organisationId: asked.organisationId } as const
    await grantRole(tx, ctx, asked.substituteId, role, { startsOn: asked.startsOn, endsOn: asked.endsOn })
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
