/** For all trees, operators and helpers: what a helper may do, see or list, its operator may as well. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldThrough, type LentGrant } from './delegation.ts'
import { type Grant, Grants, type Placed, type Scope } from './grants.ts'
import { permissions, roles } from './policy.ts'

const regions = ['00', '01', '02'] as const

/** A tree of organisations: each one's higher one stands before it. The regions below one may differ from its own. */
const trees = fc
  .array(fc.record({ above: fc.nat(30), top: fc.boolean(), region: fc.constantFrom(...regions) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((drawn) => {
    const places: Placed[] = []
    for (const [index, { above, top, region }] of drawn.entries()) {
      const higher = top || index === 0 ? undefined : places[above % index]
      places.push({ id: `o${index}`, region, lineage: [...(higher?.lineage ?? []), `o${index}`] })
    }
    return places
  })

const scopesIn = (places: Placed[]): fc.Arbitrary<Scope> => {
  const organisationId = fc.constantFrom(...places.map(({ id }) => id))
  return fc.oneof(
    fc.constant({ scope: 'everywhere' as const }),
    fc.record({ scope: fc.constant('region' as const), region: fc.constantFrom(...regions) }),
    fc.record({ scope: fc.constant('subtree' as const), organisationId }),
    fc.record({ scope: fc.constant('organisation' as const), organisationId }),
  )
}
const parts = fc.option(fc.subarray([...permissions]), { nil: undefined })

const ownGrants = (places: Placed[]): fc.Arbitrary<Grant[]> =>
  fc.array(
    fc.tuple(scopesIn(places), fc.constantFrom(...roles), parts, fc.boolean()).map(([scope, role, part, lent]) => ({
      ...scope,
      role,
      ...(part ? { permissions: part } : {}),
      ...(lent ? { operator: 'another' } : {}),
    })),
    { maxLength: 4 },
  )
const lentGrants = (places: Placed[]): fc.Arbitrary<LentGrant[]> =>
  fc.array(
    fc.tuple(scopesIn(places), fc.subarray([...permissions])).map(([scope, part]) => ({
      ...scope,
      role: 'helper' as const,
      permissions: part,
      operator: 'operator',
      spread: spreadOf(scope, places),
    })),
    { maxLength: 4 },
  )

function spreadOf(scope: Scope, places: Placed[]): LentGrant['spread'] {
  if (scope.scope === 'everywhere' || scope.scope === 'region') return undefined
  const { organisationId } = scope
  const top = places.find(({ id }) => id === organisationId)
  const reached = places.filter(({ id, lineage }) =>
    scope.scope === 'subtree' ? lineage.includes(organisationId) : id === organisationId,
  )
  return top && { lineage: top.lineage, regions: reached.map(({ region }) => region) }
}

const worlds = trees.chain((places) => fc.tuple(fc.constant(places), ownGrants(places), lentGrants(places)))

describe('a helper', () => {
  it('may nowhere do what its operator may not do itself', () => {
    fc.assert(
      fc.property(worlds, ([places, own, lent]) => {
        const helper = new Grants(heldThrough(lent, own))
        const operator = new Grants(own.filter((grant) => !grant.operator))
        for (const place of places) {
          if (helper.see(place)) expect(operator.see(place)).toBe(true)
          for (const permission of permissions)
            if (helper.allow(permission, place)) expect(operator.allow(permission, place)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('may not do more than it was lent', () => {
    fc.assert(
      fc.property(worlds, ([places, own, lent]) => {
        const helper = new Grants(heldThrough(lent, own))
        const asLent = new Grants(lent)
        for (const place of places)
          for (const permission of permissions)
            if (helper.allow(permission, place)) expect(asLent.allow(permission, place)).toBe(true)
      }),
    )
  })
})

describe('what is lent', () => {
  const lent: LentGrant = {
    role: 'helper',
    scope: 'region',
    region: '00',
    permissions: ['report.read', 'report.decide'],
  }

  it('holds as far as the role of the operator goes', () => {
    const operator: Grant = { role: 'region-operator', scope: 'region', region: '00' }
    expect(heldThrough([lent], [operator])).toEqual([lent])
    expect(heldThrough([lent], [{ ...operator, role: 'auditor' }])).toEqual([{ ...lent, permissions: ['report.read'] }])
  })

  it('ends with the role, and with its scope', () => {
    expect(heldThrough([lent], [])).toEqual([])
    expect(heldThrough([lent], [{ role: 'region-operator', scope: 'region', region: '01' }])).toEqual([])
  })

  it('cannot be lent on', () =>
    expect(heldThrough([lent], [{ ...lent, role: 'helper', operator: 'operator' }])).toEqual([]))
})
