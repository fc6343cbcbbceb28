/** Roles given by hand, and taken back. */
import type { GrantToGive } from '../../../../contracts/accounts.ts'
import { type Grant, isRole, roleNames } from '../../../kernel/access/index.ts'
import { holdsFrom } from '../../../kernel/calendar/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessAccountToChange, givingGrants } from '../accounts/accounts.access.ts'
import { GrantHeld, GrantNotYours, LastAdministrator } from '../accounts/accounts.errors.ts'
import { sendRolesLetter } from '../accounts/accounts.letters.ts'
import {
  findPlaced,
  findRegionName,
  isAdministered,
  lockAdministrators,
  lockGrant,
  markRevoked,
} from './administration.queries.ts'
import { holdsGrant } from './grants.queries.ts'
import { grantRole } from './grants.ts'
import { type HeldOver, isAnswerable, mayGive } from './reach.ts'

export { lockAdministrators } from './administration.queries.ts'

/**
 * Gives a role to another person.
 * @throws InvalidInput 422 for a role or a place that is not the giver's to give; GrantHeld, OwnAccount 409
 */
export const giveGrant = (ctx: Context, accountId: string, given: GrantToGive): Promise<void> =>
  transaction(ctx, async (tx) => {
    const account = await accessAccountToChange(tx, ctx, accountId)
    const { grant, over } = await readGrant(tx, given)
    if (!mayGive(givingGrants(ctx), over)) throw notYours(given)
    if (await holdsGrant(tx, accountId, grant)) throw new GrantHeld()
    const startsOn = given.startsOn ?? today(ctx.timeZone)
    if (given.endsOn && given.endsOn < startsOn) throw wrongField('endsOn', 'Последний день уже прошёл')
    const term = { startsOn: holdsFrom(startsOn, ctx.timeZone), endsOn: given.endsOn }
    await grantRole(tx, ctx, accountId, grant, term)
    await sendRolesLetter(tx, ctx.baseUrl, account, roleNames[grant.role], true)
  })

/**
 * Takes a role back. Helpers' grants go the same way: an operator's helper may be stopped by whoever answers for both.
 * @throws NotFound 404, GrantNotYours 403, LastAdministrator 409
 */
export const revokeGrant = (ctx: Context, accountId: string, grantId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockAdministrators(tx)
    const account = await accessAccountToChange(tx, ctx, accountId)
    const grant = await lockGrant(tx, accountId, grantId)
    if (!grant) throw new NotFound({ what: 'grant' })
    if (!isAnswerable(givingGrants(ctx), grant)) throw new GrantNotYours()
    await markRevoked(tx, grantId, ctx.account.id)
    if (grant.role === 'administrator') await mustStayAdministered(tx)
    await sendRolesLetter(tx, ctx.baseUrl, account, roleNames[grant.role], false)
    journal(tx, ctx, 'grant.revoked', { kind: 'account', id: accountId }, { grant: grantId, role: grant.role })
  })

/**
 * Comes after a change that may have taken the last administrator away, with the lock held since before it.
 * @throws LastAdministrator 409
 */
export async function mustStayAdministered(tx: Tx): Promise<void> {
  if (!(await isAdministered(tx))) throw new LastAdministrator()
}

/** What was asked for, as a grant, and where it lies. */
export async function readGrant(
  tx: Tx,
  { role, scope, region, organisationId }: Pick<GrantToGive, 'role' | 'scope' | 'region' | 'organisationId'>,
): Promise<{ grant: Grant; over: HeldOver }> {
  if (!isRole(role)) throw wrongField('role', 'Такой роли нет')
  switch (scope) {
    case 'everywhere':
      return { grant: { role, scope }, over: { role, scope, region: null, organisationId: null, lineage: null } }
    case 'region': {
      if (!region || !(await findRegionName(tx, region))) throw wrongField('region', 'Выберите регион из списка')
      return { grant: { role, scope, region }, over: { role, scope, region, organisationId: null, lineage: null } }
    }
    case 'subtree':
    case 'organisation': {
      const place = organisationId ? await findPlaced(tx, organisationId) : undefined
      if (!place) throw wrongField('organisationId', 'Такой организации в реестре нет')
      return {
        grant: { role, scope, organisationId: place.id },
        over: { role, scope, region: place.region, organisationId: place.id, lineage: place.lineage },
      }
    }
  }
}

/** Beyond one's own reach, and a scope that the role does not have, are said alike: at the field of the scope. */
const notYours = ({ role }: GrantToGive) =>
  wrongField('scope', `Роль «${isRole(role) ? roleNames[role] : role}» с такой областью вы дать не можете`)

const wrongField = (field: string, text: string) => new InvalidInput({ fields: [{ field, code: 'grant', text }] })

/** The calendar day of the installation. */
const today = (timeZone: string): string => new Date().toLocaleDateString('sv-SE', { timeZone })
