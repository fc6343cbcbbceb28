/** For all sequences of edits: no ring of dependencies comes to be, and no copy differs from its template. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../../test/support/world.ts'
import type { Link } from './changing.queries.ts'
import { findRing } from './dependencies.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const edits = fc.array(
  fc.record({
    measureId: fc.constantFrom(...ids),
    after: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }),
  }),
  { maxLength: 30 },
)

/** Takes away what waits for nothing, until nothing is left; a ring never goes away. */
function hasRing(links: readonly Link[]): boolean {
  let left = [...links]
  for (;;) {
    const waiting = new Set(left.map(({ measureId }) => measureId))
    const rest = left.filter(({ afterId }) => waiting.has(afterId))
    if (rest.length === left.length) return rest.length > 0
    left = rest
  }
}

describe('dependencies', () => {
  it('never make a ring, whatever is asked for and in whatever order', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        let links: Link[] = []
        for (const { measureId, after } of sequence) {
          const asked = [
            ...links.filter((link) => link.measureId !== measureId),
            ...after.map((afterId) => ({ measureId, afterId })),
          ]
          const ring = findRing(links, measureId, after)
          expect(ring !== undefined).toBe(hasRing(asked))
          if (ring) {
            expect(ring[0]).toBe(measureId)
            expect(ring.at(-1)).toBe(measureId)
            for (const [index, id] of ring.slice(1).entries())
              expect(asked).toContainEqual({ measureId: id, afterId: ring[index] })
          } else links = asked
        }
        expect(hasRing(links)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('and template fields of copies follow the template alone, whoever edits what', { timeout: 60_000 }, async () => {
    const world = await openWorld()
    const operator = world.as('tihomirov')
    const coordinator = world.as('aleksandriyskaya')
    const roadmap = (await operator.get('/roadmaps')).body.roadmaps[0].id
    const of = async (who: typeof operator, region: string) =>
      (await who.get(`/roadmaps/${roadmap}/plan?region=${region}`)).body.measures
        .slice(0, 4)
        .map(({ id }: { id: string }) => id)
    const [templates, copies] = [await of(coordinator, 'template'), await of(operator, '00')]
    const deeds = fc.array(
      fc.record({
        who: fc.constantFrom('operator' as const, 'coordinator' as const),
        which: fc.nat(3),
        other: fc.nat(3),
        deed: fc.constantFrom('fields' as const, 'after' as const, 'responsible' as const, 'cancel' as const),
        word: fc.constantFrom('Первое', 'Второе', 'Третье'),
      }),
      { minLength: 5, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(deeds, async (sequence) => {
        for (const { who, which, other, deed, word } of sequence) {
          const [client, own] = who === 'operator' ? [operator, copies] : [coordinator, templates]
          const { body } = await client.get(`/measures/${own[which]}`)
          const change = {
            ...body,
            organisation: { name: word },
            reason: word,
            after: deed === 'after' ? [own[other]] : body.after.map(({ id }: { id: string }) => id),
            title: deed === 'fields' ? `${word} мероприятие` : body.title,
            dueOn: deed === 'fields' ? '2029-01-31' : body.dueOn,
          }
          if (deed === 'responsible') await client.put(`/measures/${own[which]}/responsible`, change)
          else if (deed === 'cancel')
            await client.put(`/measures/${own[which]}/${body.cancelledAt ? 'restoration' : 'cancellation'}`, change)
          else await client.put(`/measures/${own[which]}`, change)
        }
        const numbers = (linked: { number: string }[]) => linked.map(({ number }) => number).sort()
        for (const [index, id] of templates.entries()) {
          const { body: template } = await coordinator.get(`/measures/${id}`)
          const { body: copy } = await operator.get(`/measures/${copies[index]}`)
          for (const field of [
            'title',
            'number',
            'dueOn',
            'startsOn',
            'expectedResult',
            'evidenceKinds',
            'cancelReason',
          ])
            expect(copy[field]).toEqual(template[field])
          expect(numbers(copy.after)).toEqual(numbers(template.after))
          expect(template.after.map(({ id: after }: { id: string }) => after)).not.toContain(id)
        }
      }),
      { numRuns: 6 },
    )
  })
})
