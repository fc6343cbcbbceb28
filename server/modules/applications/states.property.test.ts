/**
 * Whatever the kind, no path decides without the right, twice, after a withdrawal, or what another has in work; and the
 * effect takes place exactly when it is granted.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ApplicationPerson,
  type ApplicationSample,
  type Asked,
  applicationPeople,
  applicationSamples,
  type Clients,
  clientsOf,
  setSeatRule,
} from '../../../test/support/application-kinds.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { listTypes } from './application-type.ts'

let world: World
let clients: Clients
let samples: ApplicationSample[]

beforeAll(async () => {
  world = await openWorld()
  clients = clientsOf(world)
  samples = await applicationSamples(world, clients)
}, 60_000)

const deeds = [
  'take',
  'release',
  'ask',
  'answer',
  'grant',
  'refuse',
  'withdraw',
  'grant among many',
  'refuse among many',
  'take among many',
] as const
type Deed = (typeof deeds)[number]
type Model = {
  state: 'waiting' | 'asked' | 'granted' | 'refused' | 'withdrawn'
  stage: number
  hands: ApplicationPerson | undefined
}
type Outcome = { status: number; after: Model }

/** What came of it among many is told as if it had been done alone. */
async function amongMany(person: string, id: string, outcome: string): Promise<number> {
  const { status, body } = await clients(person).put('/applications/decisions', {
    ids: [id],
    outcome,
    reason: 'Письмо учредителя',
  })
  return status === 200 && body.failed.length > 0 ? 409 : status
}

async function act({ granting }: ApplicationSample, id: string, deed: Deed, person: ApplicationPerson) {
  const path = `/applications/${id}`
  const client = clients(person)
  switch (deed) {
    case 'take':
      return (await client.put(`${path}/assignment`, {})).status
    case 'release':
      return (await client.delete(`${path}/assignment`)).status
    case 'ask':
      return (await client.post(`${path}/questions`, { text: 'Какой приказ?' })).status
    case 'answer':
      return (await client.post(`${path}/answers`, { text: 'Приказ № 7' })).status
    case 'grant':
      return (await client.put(`${path}/granting`, granting)).status
    case 'refuse':
      return (await client.put(`${path}/refusal`, { reason: 'Нет приказа' })).status
    case 'withdraw':
      return (await client.put(`${path}/withdrawal`)).status
    case 'grant among many':
      return amongMany(person, id, 'granting')
    case 'refuse among many':
      return amongMany(person, id, 'refusal')
    case 'take among many':
      return amongMany(person, id, 'assignment')
  }
}

/** May decide over some place: the gate lets them in, whatever the application. */
const decidersSomewhere: readonly ApplicationPerson[] = ['voznesensky', 'tihomirov', 'zadunayskaya', 'belozertseva']

/** What must come of a deed: its status, and the state after it. */
function expected(sample: ApplicationSample, model: Model, deed: Deed, person: ApplicationPerson): Outcome {
  const refused = (status: number): Outcome => ({ status, after: model })
  const own = person === sample.applicant
  const isOpen = model.state === 'waiting' || model.state === 'asked'
  const sees = own || sample.seers.includes(person)
  switch (deed) {
    case 'withdraw':
    case 'answer':
      if (!sees) return refused(404)
      if (!own) return refused(403)
      if (!isOpen) return refused(409)
      if (deed === 'withdraw') return { status: 200, after: { ...model, state: 'withdrawn' } }
      return model.state === 'asked' ? { status: 201, after: { ...model, state: 'waiting' } } : refused(409)
    case 'grant among many':
    case 'refuse among many':
    case 'take among many': {
      if (!decidersSomewhere.includes(person)) return refused(403)
      const alone = decided(sample, model, aloneOf[deed], person)
      return alone.status < 400 ? alone : refused(409)
    }
    default:
      if (!decidersSomewhere.includes(person)) return refused(403)
      return decided(sample, model, deed, person)
  }
}

const aloneOf = { 'grant among many': 'grant', 'refuse among many': 'refuse', 'take among many': 'take' } as const

function decided(
  { applicant, seers, stages }: ApplicationSample,
  model: Model,
  deed: 'take' | 'release' | 'ask' | 'grant' | 'refuse',
  person: ApplicationPerson,
): Outcome {
  const refused = (status: number): Outcome => ({ status, after: model })
  const done = (after: Partial<Model>, status = 200): Outcome => ({ status, after: { ...model, ...after } })
  if (person !== applicant && !seers.includes(person)) return refused(404)
  if (person === applicant || !stages[model.stage]?.includes(person)) return refused(403)
  if (model.state !== 'waiting' && model.state !== 'asked') return refused(409)
  if (deed === 'release') return done({ hands: undefined })
  if (model.hands !== undefined && model.hands !== person) return refused(409)
  switch (deed) {
    case 'take':
      return done({ hands: person })
    case 'ask':
      return model.state === 'asked' ? refused(409) : done({ state: 'asked' }, 201)
    case 'grant':
      return model.stage + 1 < stages.length
        ? done({ state: 'waiting', stage: model.stage + 1, hands: undefined })
        : done({ state: 'granted' })
    case 'refuse':
      return done({ state: 'refused' })
  }
}

const ends = ['granted', 'refused', 'withdrawn']
const countEnds = async ({ id }: Asked): Promise<number> =>
  (
    await world.db
      .selectFrom('application_steps')
      .select('id')
      .where('application_id', '=', id)
      .where('kind', 'in', ['granted', 'refused', 'withdrawn'])
      .execute()
  ).length

const stateOf = async ({ id }: Asked): Promise<string> =>
  (await world.db.selectFrom('applications').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state

/** Those who may do something twice as often as strangers, so that most ways lead somewhere. */
const actsOf = ({ applicant, stages }: ApplicationSample) =>
  fc.array(
    fc.record({
      deed: fc.constantFrom(...deeds),
      person: fc.constantFrom(...applicationPeople, applicant, ...stages.flat(), ...stages.flat()),
    }),
    { minLength: 3, maxLength: 12 },
  )

/** One kind may be asked for by several; the name tells whose it is. */
const names = [
  'attachment',
  'requisites',
  'user-removal',
  'user-removal by one of the deciders',
  'organisation-removal',
  'organisation-adding',
  'access',
  'seat-handover',
  'report-return',
  'report-extension',
]

describe('an application, whoever does whatever in whatever order', () => {
  afterAll(() => setSeatRule(world, false))

  it('is tried with every kind there is', () => {
    expect(samples).toHaveLength(names.length)
    expect([...new Set(samples.map(({ kind }) => kind))].sort()).toEqual(
      listTypes()
        .map(({ kind }) => kind)
        .sort(),
    )
  })

  it.each(names.map((name, at) => ({ name, at })))(
    '$name: is decided once, by those who may, before it is withdrawn, and takes effect only then',
    async ({ at }) => {
      const sample = samples[at]
      if (!sample) throw new Error('No such sample')
      await setSeatRule(world, sample.seat === true)
      await fc.assert(
        fc.asyncProperty(actsOf(sample), async (acts) => {
          const asked = await sample.ask()
          let model: Model = { state: 'waiting', stage: 0, hands: undefined }
          for (const { deed, person } of acts) {
            const { status, after } = expected(sample, model, deed, person)
            const got = await act(sample, asked.id, deed, person)
            expect(got, `${deed} by ${person} at ${JSON.stringify(model)}`).toBe(status)
            model = after
          }
          expect(await stateOf(asked)).toBe(model.state)
          expect(await asked.effects()).toBe(model.state === 'granted' ? 1 : 0)
          expect(await countEnds(asked)).toBe(ends.includes(model.state) ? 1 : 0)
        }),
        { numRuns: 20 },
      )
    },
    120_000,
  )
})

describe('a thousand decisions at once on two hundred applications of every kind', () => {
  it('end each application exactly once', async () => {
    const mixed: { sample: ApplicationSample; asked: Asked }[] = []
    // Where there is one account for all nobody else can be attached any more: those come last.
    for (const seat of [false, true]) {
      await setSeatRule(world, seat)
      for (const sample of samples.filter((each) => (each.seat === true) === seat))
        for (let round = 0; round < 20; round += 1) mixed.push({ sample, asked: await sample.ask() })
    }
    expect(mixed).toHaveLength(200)
    const deciders = ['tihomirov', 'radonezhsky', 'orlova']
    await Promise.all(deciders.map((person) => clients(person).get('/session')))
    const started = performance.now()
    const replies = await Promise.all(
      mixed.flatMap(({ sample, asked: { id } }) =>
        [0, 1, 2, 3, 4].map(async (round) => {
          const client = clients(deciders[round % deciders.length] ?? '')
          const reply =
            round % 2 === 0
              ? await client.put(`/applications/${id}/granting`, sample.granting)
              : await client.put(`/applications/${id}/refusal`, { reason: 'Нет письма от учреждения' })
          return { id, status: reply.status }
        }),
      ),
    )
    expect(replies).toHaveLength(1000)
    expect(performance.now() - started).toBeLessThan(120_000)
    for (const { sample, asked } of mixed) {
      const statuses = replies.filter(({ id }) => id === asked.id).map(({ status }) => status)
      const state = await stateOf(asked)
      expect(['granted', 'refused'], sample.kind).toContain(state)
      expect(await countEnds(asked), sample.kind).toBe(1)
      expect(await asked.effects(), sample.kind).toBe(state === 'granted' ? 1 : 0)
      const agreed = statuses.filter((status) => status === 200).length - 1
      expect(agreed, `${sample.kind}: ${statuses}`).toBeLessThan(sample.stages.length)
      expect(statuses.filter((status) => status !== 200)).toEqual(Array(4 - agreed).fill(409))
    }
  }, 300_000)
})
