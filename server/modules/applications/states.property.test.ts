/** No path decides without the right, twice, after a withdrawal, or what another has in work. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let romashka: string

beforeAll(async () => {
  world = await openWorld()
  const reply = await world.as('preobrazhenskaya').get('/organisations/search?q=14%20Ромашка')
  romashka = reply.body[0].id
})

const applicant = 'preobrazhenskaya'
const deciders = ['voznesensky', 'tihomirov'] as const
const people = [applicant, ...deciders, 'belozertseva', 'dobronravova'] as const
type Person = (typeof people)[number]
const deeds = ['take', 'release', 'ask', 'answer', 'grant', 'refuse', 'withdraw'] as const
type Deed = (typeof deeds)[number]
type Model = { state: 'waiting' | 'asked' | 'granted' | 'refused' | 'withdrawn'; hands: Person | undefined }

const calls: Record<Deed, (id: string, person: Person) => Promise<{ status: number }>> = {
  take: (id, person) => world.as(person).put(`/applications/${id}/assignment`, {}),
  release: (id, person) => world.as(person).delete(`/applications/${id}/assignment`),
  ask: (id, person) => world.as(person).post(`/applications/${id}/questions`, { text: 'Какой приказ?' }),
  answer: (id, person) => world.as(person).post(`/applications/${id}/answers`, { text: 'Приказ № 7' }),
  grant: (id, person) => world.as(person).put(`/applications/${id}/granting`, { role: 'member' }),
  refuse: (id, person) => world.as(person).put(`/applications/${id}/refusal`, { reason: 'Нет приказа' }),
  withdraw: (id, person) => world.as(person).put(`/applications/${id}/withdrawal`),
}

const isDecider = (person: Person): boolean => deciders.some((decider) => decider === person)

/** What must come of a deed: its status, and the state after it. */
function expected({ state, hands }: Model, deed: Deed, person: Person): { status: number; after: Model } {
  const same = { state, hands }
  const refused = (status: number) => ({ status, after: same })
  const done = (after: Partial<Model>, status = 200) => ({ status, after: { ...same, ...after } })
  const open = state === 'waiting' || state === 'asked'
  if (deed === 'answer' || deed === 'withdraw') {
    if (person !== applicant) return refused(isDecider(person) ? 403 : 404)
    if (!open) return refused(409)
    if (deed === 'withdraw') return done({ state: 'withdrawn' })
    return state === 'asked' ? done({ state: 'waiting' }, 201) : refused(409)
  }
  // The supervisor of another district may decide somewhere, so the gate lets it in; the clerk and the applicant not.
  if (!isDecider(person)) return refused(person === 'belozertseva' ? 404 : 403)
  if (!open) return refused(409)
  if (deed === 'release') return done({ hands: undefined })
  if (hands !== undefined && hands !== person) return refused(409)
  switch (deed) {
    case 'take':
      return done({ hands: person })
    case 'ask':
      return state === 'asked' ? refused(409) : done({ state: 'asked' }, 201)
    case 'grant':
      return done({ state: 'granted' })
    case 'refuse':
      return done({ state: 'refused' })
  }
}

async function freshApplication(): Promise<string> {
  await world.db.deleteFrom('applications').execute()
  await world.db
    .deleteFrom('memberships')
    .where('account_id', '=', await applicantId())
    .execute()
  const form = { organisationId: romashka, role: 'member', why: 'Замещаю делопроизводителя' }
  return (await world.as(applicant).post('/applications/attachments', form)).body.id
}

const applicantId = async (): Promise<string> => (await world.as(applicant).get('/session')).body.account.id

const attachments = async (): Promise<number> =>
  (
    await world.db
      .selectFrom('memberships')
      .select('id')
      .where('account_id', '=', await applicantId())
      .where('ended_at', 'is', null)
      .execute()
  ).length

describe('an application, whoever does whatever in whatever order', () => {
  it('is decided once, by those who may, before it is withdrawn, and takes effect only then', async () => {
    const act = fc.record({ deed: fc.constantFrom(...deeds), person: fc.constantFrom(...people) })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 10 }), async (acts) => {
        const id = await freshApplication()
        let model: Model = { state: 'waiting', hands: undefined }
        for (const { deed, person } of acts) {
          const { status, after } = expected(model, deed, person)
          const reply = await calls[deed](id, person)
          expect(reply.status, `${deed} by ${person} at ${model.state}, in hands of ${model.hands}`).toBe(status)
          model = after
        }
        const { body } = await world.as(applicant).get(`/applications/${id}`)
        expect(body.state).toBe(model.state)
        expect(await attachments()).toBe(model.state === 'granted' ? 1 : 0)
        const ends = body.steps.filter(({ kind }: { kind: string }) =>
          ['granted', 'refused', 'withdrawn'].includes(kind),
        )
        expect(ends).toHaveLength(['waiting', 'asked'].includes(model.state) ? 0 : 1)
      }),
      { numRuns: 20 },
    )
  }, 180_000)
})

describe('a thousand decisions at once on two hundred applications', () => {
  it('end each application exactly once', async () => {
    const asker = world.as('dobronravova')
    const ids: string[] = []
    for (let number = 0; number < 200; number += 1) {
      const form = { ...newcomer, email: `sotrudnik-${number}@verhneozersk.example` }
      const reply = await asker.post('/applications', { kind: 'access', form })
      expect(reply.status).toBe(201)
      ids.push(reply.body.id)
    }
    const accountsBefore = await countAccounts()
    const started = performance.now()
    const who = ['tihomirov', 'radonezhsky', 'orlova'].map((key) => world.as(key))
    await Promise.all(who.map((client) => client.get('/session')))
    const decisions = ids.flatMap((id) => [0, 1, 2, 3, 4].map((round) => ({ id, round })))
    const replies = await Promise.all(
      decisions.map(async ({ id, round }) => {
        const client = who[round % who.length]
        const reply =
          round % 2 === 0
            ? await client?.put(`/applications/${id}/granting`, {})
            : await client?.put(`/applications/${id}/refusal`, { reason: 'Нет письма от учреждения' })
        return { id, status: reply?.status }
      }),
    )
    expect(performance.now() - started).toBeLessThan(120_000)
    for (const id of ids) {
      const statuses = replies.filter((reply) => reply.id === id).map(({ status }) => status)
      expect(statuses.sort()).toEqual([200, 409, 409, 409, 409])
    }
    const granted = await world.db.selectFrom('applications').select('id').where('state', '=', 'granted').execute()
    expect((await countAccounts()) - accountsBefore).toBe(granted.length)
  }, 300_000)
})

const newcomer = {
  surname: 'Подберёзкина',
  name: 'Аглая',
  patronymic: 'Тихоновна',
  position: 'делопроизводитель',
  regionCode: '',
  organisation: 'МБДОУ «Детский сад № 14 „Ромашка“»',
  phone: '',
  systems: 'Отчётность организаций',
}
beforeAll(async () => {
  const organisation = await world.db
    .selectFrom('organisations')
    .select('region_code')
    .where('id', '=', romashka)
    .executeTakeFirstOrThrow()
  newcomer.regionCode = organisation.region_code
})

const countAccounts = async (): Promise<number> => (await world.db.selectFrom('accounts').select('id').execute()).length
