/** Organisations come into the registry and change there, by those who keep it for a region or for the whole. */
import type { NewOrganisation, OrganisationChange } from '../../../contracts/organisations.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound, StaleVersion } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { accessOrganisation } from './organisations.access.ts'
import { innTaken, OrganisationClosed, wrongField } from './organisations.errors.ts'
import {
  findByInn,
  findOrganisation,
  insertOrganisation,
  lockTree,
  moveSubtree,
  type Organisation,
  updateOrganisation,
} from './organisations.queries.ts'
import { findRegion } from './regions.queries.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    'organisation.added': { organisationId: string }
    /** Names of the fields, as in the contract. */
    'organisation.changed': { organisationId: string; fields: string[] }
  }
}

/**
 * Adds an organisation to the registry under its higher one.
 * @throws NotFound 404 when the higher one is outside the person's scopes; InvalidInput 422 in the field: an ИНН that
 * another has, a region that is not the person's, a division of nothing
 */
export const addOrganisation = (ctx: Context, organisation: NewOrganisation): Promise<Organisation> =>
  transaction(ctx, async (tx) => {
    await lockTree(tx)
    const lineageAbove = organisation.parentId ? await lineageOfHigher(tx, ctx, organisation.parentId) : []
    await checkPlace(tx, ctx, organisation, lineageAbove)
    const id = await createOrganisation(tx, ctx, organisation)
    await publish(tx, 'organisation.added', { organisationId: id })
    return reread(tx, id)
  })

/**
 * Changes what is said of an organisation; under another higher one it goes with all that stand below it.
 * @throws StaleVersion 409 when it was changed since `version` was read; OrganisationClosed 409; else as `addOrganisation`
 */
export const changeOrganisation = (
  ctx: Context,
  id: string,
  { version, ...changes }: OrganisationChange,
): Promise<Organisation> =>
  transaction(ctx, async (tx) => {
    await lockTree(tx)
    const organisation = await accessOrganisation(tx, ctx, id, 'organisation.manage')
    if (organisation.closedAt) throw new OrganisationClosed()
    const before = fieldsOf(organisation)
    const after = merged(before, changes)
    const lineageAbove = await lineageAfter(tx, ctx, organisation, after.parentId)
    await checkPlace(tx, ctx, after, lineageAbove)
    await checkInn(tx, after, id)

    if (!(await updateOrganisation(tx, id, version, after))) throw new StaleVersion()
    if (after.parentId !== before.parentId) await moveSubtree(tx, id, lineageAbove)
    const fields = changedFields(before, after)
    journal(tx, ctx, 'organisation.changed', { kind: 'organisation', id }, { fields })
    await publish(tx, 'organisation.changed', { organisationId: id, fields })
    return reread(tx, id)
  })

/**
 * Adds an organisation under its higher one. Who may do so, and where, is the caller's rule.
 * @returns its id
 * @throws InvalidInput 422 when another open organisation has the ИНН; NotFound 404 when there is no such higher one
 */
export async function createOrganisation(tx: Tx, actor: Actor, organisation: NewOrganisation): Promise<string> {
  await lockTree(tx)
  await checkInn(tx, organisation, null)
  const higher = organisation.parentId ? await findOrganisation(tx, organisation.parentId) : undefined
  if (organisation.parentId && !higher) throw new NotFound({ what: 'organisation' })
  const id = await insertOrganisation(tx, organisation, higher?.lineage ?? [])
  journal(tx, actor, 'organisation.created', { kind: 'organisation', id })
  return id
}

/** A division shares the number of its legal person; of all others each has its own. */
async function checkInn(tx: Tx, { level, inn }: NewOrganisation, except: string | null): Promise<void> {
  const namesake = level === 'division' ? undefined : await findByInn(tx, inn, except)
  if (namesake) throw innTaken(namesake.shortName)
}

async function checkPlace(
  tx: Tx,
  ctx: Context,
  { level, parentId, regionCode }: NewOrganisation,
  lineageAbove: readonly string[],
): Promise<void> {
  if (level === 'division' && parentId === null) throw wrongField('parentId', 'organisations.parent-missing')
  const place = { id: '', region: regionCode, lineage: lineageAbove }
  const permitted = ctx.grants.allow('organisation.manage', place) && (await findRegion(tx, regionCode))
  if (!permitted) throw wrongField('regionCode', 'organisations.wrong-region')
}

async function lineageOfHigher(tx: Tx, ctx: Context, parentId: string): Promise<string[]> {
  const higher = await accessOrganisation(tx, ctx, parentId, 'organisation.manage')
  if (higher.closedAt) throw new OrganisationClosed()
  return higher.lineage
}

/** Where it stood it may stay, even under one that is not the person's to choose. */
async function lineageAfter(tx: Tx, ctx: Context, { id, higherId, lineage }: Organisation, parentId: string | null) {
  if (parentId === higherId) return lineage.slice(0, -1)
  if (parentId === null) return []
  const lineageAbove = await lineageOfHigher(tx, ctx, parentId)
  if (lineageAbove.includes(id)) throw wrongField('parentId', 'organisations.under-itself')
  return lineageAbove
}

const fieldsOf = (organisation: Organisation): NewOrganisation => ({
  parentId: organisation.higherId,
  level: organisation.level,
  shortName: organisation.shortName,
  fullName: organisation.fullName,
  inn: organisation.inn,
  ogrn: organisation.ogrn,
  okpo: organisation.okpo,
  regionCode: organisation.regionCode,
  kind: organisation.kind,
  legalForm: organisation.legalForm,
  address: organisation.address,
  phone: organisation.phone,
  email: organisation.email,
  site: organisation.site,
  headName: organisation.headName,
  headPosition: organisation.headPosition,
})

// as: a value that stands in the changes under a key has the type of that key
const merged = (before: NewOrganisation, changes: Omit<OrganisationChange, 'version'>): NewOrganisation =>
  ({ ...before, ...Object.fromEntries(entriesOf(changes)) }) as NewOrganisation

const entriesOf = (changes: object) => Object.entries(changes).filter(([, value]) => value !== undefined)

const changedFields = (before: NewOrganisation, after: NewOrganisation): string[] => {
  const earlier = new Map(Object.entries(before))
  return Object.entries(after).flatMap(([field, value]) => (earlier.get(field) === value ? [] : [field]))
}

async function reread(tx: Tx, id: string): Promise<Organisation> {
  const organisation = await findOrganisation(tx, id)
  if (!organisation) throw new TypeError('An organisation is never removed')
  return organisation
}
