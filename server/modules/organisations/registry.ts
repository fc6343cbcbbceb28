/** Organisations come into the registry and change there, by those who keep it for a region or for the whole. */
import {
  isPart,
  type NewOrganisation,
  type OrganisationChange,
  type OrganisationToAdd,
} from '../../../contracts/organisations.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound, StaleVersion } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { type Cause, type ChangedField, insertChanges } from './changes.queries.ts'
import { inWords } from './higher.ts'
import { checkOkved } from './okved.ts'
import { accessOrganisation } from './organisations.access.ts'
import { innTaken, OrganisationClosed, SimilarFound, wrongField } from './organisations.errors.ts'
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
import { findSimilar } from './similar.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    'organisation.added': { organisationId: string }
    /** Many at once, as an import adds them: whoever handles the one handles the other. */
    'organisations.added': { organisationIds: string[] }
    /** Names of the fields, as in the contract. */
    'organisation.changed': { organisationId: string; fields: string[] }
    /** Many at once; `fields` is what has changed in any of them. */
    'organisations.changed': { organisationIds: string[]; fields: string[] }
  }
}

/**
 * Adds an organisation to the registry under its higher one, after a look at those like it.
 * @throws SimilarFound 409 with those like it that were not looked at; NotFound 404 when the higher one is outside the
 * person's scopes; InvalidInput 422 in the field: an ИНН that another has, a region that is not the person's, a part of
 * nothing
 */
export const addOrganisation = (
  ctx: Context,
  { notDuplicateOf, ...organisation }: OrganisationToAdd,
): Promise<Organisation> =>
  transaction(ctx, async (tx) => {
    await lockTree(tx)
    const lineageAbove = organisation.parentId ? await lineageOfHigher(tx, ctx, organisation.parentId) : []
    await checkPlace(tx, ctx, organisation, lineageAbove)
    await checkInn(tx, organisation, null)
    const similar = await findSimilar(tx, organisation)
    if (similar.some(({ id }) => !notDuplicateOf.includes(id))) throw new SimilarFound({ organisations: similar })

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
  { version, reason, ...changes }: OrganisationChange,
): Promise<Organisation> =>
  transaction(ctx, async (tx) => {
    await lockTree(tx)
    const organisation = await accessOrganisation(tx, ctx, id, 'organisation.manage')
    const after = merged(fieldsOf(organisation), changes)
    await checkPlace(tx, ctx, after, await lineageAfter(tx, ctx, organisation, after.parentId))
    if (organisation.version !== version) throw new StaleVersion()

    await changeRequisites(tx, ctx, id, changes, { reason })
    return reread(tx, id)
  })

/**
 * Adds an organisation under its higher one. Who may do so, and where, is the caller's rule.
 * @returns its id
 * @throws InvalidInput 422 when another open organisation has the ИНН, or there is no such activity; NotFound 404 when
 * there is no such higher one
 */
export async function createOrganisation(
  tx: Tx,
  actor: Actor,
  organisation: NewOrganisation,
  cause: Cause = { reason: null },
): Promise<string> {
  await lockTree(tx)
  checkOkved(organisation)
  await checkInn(tx, organisation, null)
  const higher = organisation.parentId ? await findOrganisation(tx, organisation.parentId) : undefined
  if (organisation.parentId && !higher) throw new NotFound({ what: 'organisation' })
  const id = await insertOrganisation(tx, organisation, higher?.lineage ?? [])
  const added = { field: 'organisation', old: null, new: organisation.shortName }
  await insertChanges(tx, id, [added], actor.account?.id ?? null, cause)
  journal(tx, actor, 'organisation.created', { kind: 'organisation', id })
  return id
}

/**
 * The one way by which what is said of an organisation changes: the row, its history with who and why, the journal, the
 * event. Who may do so is the caller's rule. What is absent stays as it is.
 * @throws OrganisationClosed 409; NotFound 404 when there is no such higher one; InvalidInput 422 in the field
 */
export async function changeRequisites(
  tx: Tx,
  actor: Actor,
  id: string,
  changes: Partial<NewOrganisation>,
  cause: Cause,
): Promise<void> {
  await lockTree(tx)
  const organisation = await reread(tx, id)
  if (organisation.closedAt) throw new OrganisationClosed()
  const before = fieldsOf(organisation)
  const after = merged(before, changes)
  checkOkved(after)
  await checkInn(tx, after, id)
  const changed = await changedFields(tx, organisation, before, after)
  if (changed.length === 0) return

  if (!(await updateOrganisation(tx, id, organisation.version, after, formerNamesAfter(organisation, after))))
    throw new StaleVersion()
  if (after.parentId !== before.parentId) await moveSubtree(tx, id, await lineageOf(tx, after.parentId))
  await insertChanges(tx, id, changed, actor.account?.id ?? null, cause)
  const fields = changed.map(({ field }) => field)
  journal(tx, actor, 'organisation.changed', { kind: 'organisation', id }, { fields })
  await publish(tx, 'organisation.changed', { organisationId: id, fields })
}

/** A part shares the number of its legal person; of all others each has its own. */
async function checkInn(tx: Tx, { level, inn }: NewOrganisation, except: string | null): Promise<void> {
  const namesake = isPart(level) ? undefined : await findByInn(tx, inn, except)
  if (namesake) throw innTaken(namesake.shortName)
}

async function checkPlace(
  tx: Tx,
  ctx: Context,
  { level, parentId, regionCode }: NewOrganisation,
  lineageAbove: readonly string[],
): Promise<void> {
  if (isPart(level) && parentId === null) throw wrongField('parentId', 'organisations.parent-missing')
  const place = { id: '', region: regionCode, lineage: lineageAbove }
  const permitted = ctx.grants.allow('organisation.manage', place) && (await findRegion(tx, regionCode))
  if (!permitted) throw wrongField('regionCode', 'organisations.wrong-region')
}

async function lineageOfHigher(tx: Tx, ctx: Context, parentId: string): Promise<string[]> {
  const higher = await accessOrganisation(tx, ctx, parentId, 'organisation.manage')
  if (higher.closedAt) throw new OrganisationClosed()
  return higher.lineage
}

async function lineageOf(tx: Tx, id: string | null): Promise<string[]> {
  if (id === null) return []
  const higher = await findOrganisation(tx, id)
  if (!higher) throw new NotFound({ what: 'organisation' })
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

/** What is said of an organisation, as the contract names it. */
export const fieldsOf = (organisation: Organisation): NewOrganisation => ({
  parentId: organisation.higherId,
  level: organisation.level,
  shortName: organisation.shortName,
  fullName: organisation.fullName,
  inn: organisation.inn,
  kpp: organisation.kpp,
  ogrn: organisation.ogrn,
  okpo: organisation.okpo,
  oktmo: organisation.oktmo,
  okved: organisation.okved,
  okvedAdditional: organisation.okvedAdditional,
  regionCode: organisation.regionCode,
  settlement: organisation.settlement,
  kind: organisation.kind,
  legalForm: organisation.legalForm,
  legalStanding: organisation.legalStanding,
  address: organisation.address,
  phone: organisation.phone,
  email: organisation.email,
  site: organisation.site,
  headName: organisation.headName,
  headPosition: organisation.headPosition,
})

// as: a value that stands in the changes under a key has the type of that key
export const merged = (before: NewOrganisation, changes: Partial<NewOrganisation>): NewOrganisation =>
  ({ ...before, ...Object.fromEntries(entriesOf(changes)) }) as NewOrganisation

const entriesOf = (changes: object) => Object.entries(changes).filter(([, value]) => value !== undefined)

/** As the history keeps them: lists as one line, a higher organisation in words, because it may be renamed later. */
async function changedFields(
  tx: Tx,
  { higherInn, higherShortName }: Organisation,
  before: NewOrganisation,
  after: NewOrganisation,
): Promise<ChangedField[]> {
  const stood = higherInn && higherShortName ? inWords({ inn: higherInn, shortName: higherShortName }) : null
  const moved = before.parentId !== after.parentId
  const higher = moved && after.parentId !== null ? await findOrganisation(tx, after.parentId) : undefined
  const stands = moved ? higher && inWords(higher) : stood
  return differences({ ...before, parentId: stood }, { ...after, parentId: stands ?? null })
}

/** @param before with the higher organisation in words, as `after` */
export function differences(before: NewOrganisation, after: NewOrganisation): ChangedField[] {
  const earlier = linesOf(before)
  return [...linesOf(after)].flatMap(([field, value]) => {
    const old = earlier.get(field) ?? null
    return old === value ? [] : [{ field, old, new: value }]
  })
}

const linesOf = (organisation: NewOrganisation) =>
  new Map(Object.entries(organisation).map(([field, value]) => [field, lineOf(value)]))

const lineOf = (value: string | string[] | null): string | null =>
  Array.isArray(value) ? value.join(', ') || null : value

/** The newest of the earlier names last; a name that comes back is earlier no more. */
export function formerNamesAfter(organisation: Organisation, after: NewOrganisation): string {
  const past = [...organisation.formerNames.split('\n'), organisation.fullName, organisation.shortName]
  return [...new Set(past)]
    .filter((name) => name !== '' && name !== after.fullName && name !== after.shortName)
    .join('\n')
}

async function reread(tx: Tx, id: string): Promise<Organisation> {
  const organisation = await findOrganisation(tx, id)
  if (!organisation) throw new NotFound({ what: 'organisation' })
  return organisation
}
