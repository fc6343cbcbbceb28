/** Addresses: what the dictionary offers while one is typed, and what it knows of those of organisations. */
import type { Address, AddressQuery } from '../../../../contracts/addresses.ts'
import type { Db } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessOrganisation } from '../organisations.access.ts'
import {
  findResolved,
  keepResolved,
  listByKeys,
  listUnresolved,
  type Resolved,
  searchAddresses,
  type Unresolved,
} from './addresses.queries.ts'
import { keyOf, partsOf, plainAddress } from './parts.ts'

/** Letters and digits only: nothing of what is typed reaches the language of the search. */
const wordsOf = (typed: string): string[] =>
  plainAddress(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 12)

const leastTyped = 2

/** Nothing for less than two signs, and where no dictionary is loaded. */
export async function offerAddresses(ctx: Context, { q, region }: AddressQuery): Promise<Address[]> {
  const words = wordsOf(q)
  return words.join('').length < leastTyped ? [] : searchAddresses(ctx.db, words, region)
}

/** The address of an organisation with its parts. @throws NotFound 404 */
export async function viewAddress(ctx: Context, organisationId: string): Promise<Address> {
  const { id, regionCode, address } = await accessOrganisation(ctx.db, ctx, organisationId, 'organisation.read')
  const kept = await findResolved(ctx.db, id)
  if (kept?.text === address) return kept
  const [resolved] = await resolve(ctx.db, [{ id, regionCode, address }])
  return { text: address, parts: resolved?.parts ?? {}, garId: resolved?.gar_id ?? null }
}

const batchSize = 500

/** Works out the parts of all addresses that are new or have changed. */
export async function resolveAddresses(db: Db): Promise<void> {
  for (;;) {
    const waiting = await listUnresolved(db, batchSize)
    if (waiting.length > 0) await keepResolved(db, await resolve(db, waiting))
    if (waiting.length < batchSize) return
  }
}

async function resolve(db: Db, waiting: readonly Unresolved[]): Promise<Resolved[]> {
  const told = waiting.map((one) => ({ ...one, parts: partsOf(one.address) }))
  const known = new Map<string, Map<string, Address[]>>()
  for (const region of new Set(waiting.map(({ regionCode }) => regionCode))) {
    const keys = told.filter(({ regionCode }) => regionCode === region).map(({ parts }) => keyOf(parts))
    known.set(region, await listByKeys(db, region, keys.filter(Boolean)))
  }
  return told.map(({ id, regionCode, address, parts }) => {
    const found = theOne(known.get(regionCode)?.get(keyOf(parts)) ?? [], parts)
    const whole = { ...parts, ...found?.parts }
    return { organisation_id: id, address, parts: whole, gar_id: found?.garId ?? null }
  })
}

/** Of several that are spelled the same the district decides; where it is not told, nobody knows which it is. */
function theOne(found: readonly Address[], { district }: Address['parts']): Address | undefined {
  if (found.length < 2) return found[0]
  const here = found.filter(({ parts }) => district && parts.district && sameDistrict(parts.district, district))
  return here.length === 1 ? here[0] : undefined
}

const sameDistrict = (one: string, other: string): boolean =>
  plainAddress(one).split(' ')[0] === plainAddress(other).split(' ')[0]
