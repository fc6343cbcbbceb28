/**
 * Organisations that come, change and end by the hundred, as an import does it: the same rows, history, journal and events
 * as one by one (`registry.ts`, `ending.ts`), in a few statements. Who may do so, and whether the ИНН is free, is the
 * caller's rule. The journal is told last: a refusal of the database, which a caller may pass over, leaves nothing in it.
 */
import type { NewOrganisation } from '../../../contracts/organisations.ts'
import { randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import { AppError, StaleVersion } from '../../kernel/errors/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import type { Cause, ChangedField } from './changes.queries.ts'
import type { EndingRow } from './ending.queries.ts'
import {
  type ChangedRow,
  insertChangesOfMany,
  insertOrganisations,
  markManyEnded,
  updateOrganisations,
} from './many.queries.ts'
import { checkOkved } from './okved.ts'
import { OrganisationClosed } from './organisations.errors.ts'
import { findOrganisations, lockTree, type Organisation } from './organisations.queries.ts'
import { differences, fieldsOf, formerNamesAfter, merged } from './registry.ts'

const subjectOf = (id: string) => ({ kind: 'organisation', id })

export type Addition = { organisation: NewOrganisation; lineageAbove: readonly string[] }

/** @returns their ids, in the order given */
export async function createOrganisations(
  tx: Tx,
  actor: Actor,
  additions: readonly Addition[],
  cause: Cause,
): Promise<string[]> {
  if (additions.length === 0) return []
  await lockTree(tx)
  const added = additions.map(({ organisation, lineageAbove }) => {
    const id = randomUUIDv7()
    return { id, lineage: [...lineageAbove, id], organisation }
  })
  const ids = added.map(({ id }) => id)
  await insertOrganisations(tx, added)
  const history = added.map(({ id, organisation }) => ({
    organisationId: id,
    field: 'organisation',
    old: null,
    new: organisation.shortName,
  }))
  await insertChangesOfMany(tx, history, actor.account?.id ?? null, cause)
  await publish(tx, 'organisations.added', { organisationIds: ids })
  for (const id of ids) journal(tx, actor, 'organisation.created', subjectOf(id))
  return ids
}

export type RequisitesChange = { id: string; changes: Partial<NewOrganisation> }
type Change = ChangedRow & { fields: ChangedField[] }

/**
 * Changes requisites of organisations, each named once; what moves one in the tree, or makes a part a legal person, goes
 * by `changeRequisites`.
 * @returns why those were left as they are that could not be changed, by id
 */
export async function changeManyRequisites(
  tx: Tx,
  actor: Actor,
  given: readonly RequisitesChange[],
  cause: Cause,
): Promise<Map<string, AppError>> {
  const refused = new Map<string, AppError>()
  if (given.length === 0) return refused
  await lockTree(tx)
  const found = await findOrganisations(
    tx,
    given.map(({ id }) => id),
  )
  const byId = new Map(found.map((organisation) => [organisation.id, organisation]))
  const changed = given.flatMap(({ id, changes }) => {
    const change = changeOf(byId.get(id), changes)
    if (change instanceof AppError) refused.set(id, change)
    return change instanceof AppError || change.fields.length === 0 ? [] : [change]
  })
  const updated = await updateOrganisations(tx, changed)
  for (const { id } of changed) if (!updated.has(id)) refused.set(id, new StaleVersion())
  await noteChanged(
    tx,
    actor,
    changed.filter(({ id }) => updated.has(id)),
    cause,
  )
  return refused
}

function changeOf(organisation: Organisation | undefined, changes: Partial<NewOrganisation>): Change | AppError {
  if (!organisation || organisation.closedAt) return new OrganisationClosed()
  const before = fieldsOf(organisation)
  const after = merged(before, changes)
  try {
    checkOkved(after)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  const { id, version } = organisation
  const fields = differences({ ...before, parentId: null }, { ...after, parentId: null })
  return { id, version, organisation: after, formerNames: formerNamesAfter(organisation, after), fields }
}

async function noteChanged(tx: Tx, actor: Actor, changed: readonly Change[], cause: Cause): Promise<void> {
  if (changed.length === 0) return
  const history = changed.flatMap(({ id, fields }) => fields.map((field) => ({ organisationId: id, ...field })))
  await insertChangesOfMany(tx, history, actor.account?.id ?? null, cause)
  await publish(tx, 'organisations.changed', {
    organisationIds: changed.map(({ id }) => id),
    fields: [...new Set(history.map(({ field }) => field))],
  })
  for (const { id, fields } of changed)
    journal(tx, actor, 'organisation.changed', subjectOf(id), { fields: fields.map(({ field }) => field) })
}

/** That they are open, and nothing open stands below them, is the caller's to know (`countOpenBelow`). */
export async function liquidateMany(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
  { on, reason }: Pick<EndingRow, 'on' | 'reason'>,
): Promise<void> {
  if (ids.length === 0) return
  await lockTree(tx)
  const by = actor.account?.id ?? null
  await markManyEnded(tx, ids, { state: 'liquidated', on, reason, successorId: null }, by)
  const history = ids.map((id) => ({ organisationId: id, field: 'state', old: 'active', new: 'liquidated' }))
  await insertChangesOfMany(tx, history, by, { reason })
  await publish(tx, 'organisations.ended', { organisationIds: [...ids] })
  for (const id of ids) journal(tx, actor, 'organisation.liquidated', subjectOf(id), { on, reason, successorId: null })
}
