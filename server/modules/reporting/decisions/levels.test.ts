/** Acceptance by levels: up the hierarchy, in order, by the right people, once. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { placedLevels } from './levels.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let report: string

const levels = [
  { code: 'municipality', name: 'Муниципалитет' },
  { code: 'region', name: 'Министерство' },
]
const steps = JSON.stringify([
  { ...levels[0], decides: 'municipality' },
  { ...levels[1], decides: 'region' },
])

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка', 2026, '1-места')
})

/** The report filled in and sent anew, whatever it was before. */
async function sent(): Promise<void> {
  await world.db.updateTable('reports').set({ state: 'draft' }).where('id', '=', report).execute()
  const clerk = as('dobronravova')
  const changes = { '1/104/3': '900', '1/104/4': '900', '1/105/3': '0', '1/105/4': '0' }
  expect((await clerk.patch(`/reports/${report}/cells`, { changes })).body.refused).toEqual([])
  const reply = await clerk.put(`/reports/${report}/sending`)
  expect(reply).toMatchObject({ status: 200, body: { state: 'sent' } })
}

const accept = async (person: string, body?: object) =>
  as(person).put(`/reports/${report}/acceptance`, body ?? { level: (await shown()).level?.code })
const refuse = (person: string, body: object = {}) =>
  as(person).put(`/reports/${report}/refusal`, { reason: 'Проверьте места', ...body })
const shown = async () => (await as('dobronravova').get(`/reports/${report}`)).body
const lastSubmission = async () => {
  const { submissions } = (await as('dobronravova').get(`/reports/${report}/submissions`)).body
  return (await as('dobronravova').get(`/reports/${report}/submissions/${submissions[0].number}`)).body
}

describe('a report of a form with two levels', () => {
  it('waits at the first, then at the second, then is accepted', async () => {
    await sent()
    expect(await shown()).toMatchObject({ state: 'sent', level: levels[0] })
    expect(await accept('voznesensky')).toMatchObject({ status: 200, body: { state: 'sent', level: levels[1] } })
    expect((await accept('voznesensky')).status).toBe(403)
    expect(await accept('tihomirov')).toMatchObject({ status: 200, body: { state: 'accepted', level: null } })
    const { decisions, outcome } = await lastSubmission()
    expect(outcome).toBe('accepted')
    expect(decisions).toMatchObject([
      { outcome: 'accepted', level: 'Муниципалитет', by: 'Вознесенский Аркадий Петрович', onBehalfOf: null },
      { outcome: 'accepted', level: 'Министерство', by: 'Тихомиров Всеволод Игнатьевич' },
    ])
  })

  it('is refused at any of them, which says at which', async () => {
    await sent()
    await accept('voznesensky')
    expect(await refuse('tihomirov')).toMatchObject({ status: 200, body: { state: 'refused', level: levels[1] } })
    await world.settle()
    const letter = (await world.lettersTo('ds14@verhneozersk.example')).at(-1)
    expect(letter?.text).toContain('Министерство')
    await sent()
    expect(await shown()).toMatchObject({ level: levels[0] })
  })

  it('tells whoever decides at the next level, and its organisation in the cabinet', async () => {
    await sent()
    await world.settle()
    const before = (await world.lettersTo('operator@svetlorechye.example')).length
    await accept('voznesensky')
    await world.settle()
    const letters = (await world.lettersTo('operator@svetlorechye.example')).slice(before)
    expect(letters.map(({ subject }) => subject)).toEqual(['Отчёт 1-места за 2026 год ждёт проверки'])
  })

  it('is accepted at a level by one of two who decide at once', async () => {
    await sent()
    // Both look at the first level; whoever comes later must not accept at the second by that.
    const at = { level: 'municipality' }
    const replies = await Promise.all([accept('voznesensky', at), accept('tihomirov', at)])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await shown()).toMatchObject({ state: 'sent', level: levels[1] })
  })

  it('is not accepted without saying at which, however often it is said', async () => {
    await sent()
    for (const person of ['voznesensky', 'tihomirov', 'voznesensky']) {
      const reply = await accept(person, {})
      expect(reply).toMatchObject({ status: 422, body: { code: 'report.level-not-named' } })
      expect(reply.body.title).toContain('municipality')
    }
    const { number } = await lastSubmission()
    expect((await accept('tihomirov', { submission: number })).status).toBe(422)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const once = () => as('tihomirov').put(`/reports/${report}/acceptance`, { level: 'municipality' }, key)
    const twice = [await once(), await once()]
    expect(twice).toMatchObject([
      { status: 200, body: { level: levels[1] } },
      { status: 200, body: { level: levels[1] } },
    ])
    expect((await accept('tihomirov', { level: 'municipality' })).status).toBe(409)
    expect(await shown()).toMatchObject({ state: 'sent', level: levels[1] })
  })

  it('is accepted among many at the level where each was seen', async () => {
    await sent()
    const campaign = (await shown()).campaign.id
    const many = (person: string, levels?: object) =>
      as(person).post(`/campaigns/${campaign}/acceptances`, { reports: [report], levels })
    expect((await many('voznesensky')).body.failed[0].problem).toContain('municipality')
    const at = { [report]: 'municipality' }
    const replies = await Promise.all([many('voznesensky', at), many('tihomirov', at)])
    expect(replies.flatMap(({ body }) => body.done)).toEqual([report])
    expect(await shown()).toMatchObject({ state: 'sent', level: levels[1] })
    const page = world.page('radonezhsky')
    const board = (await page.get(`/campaigns/${campaign}`)).html
    expect(board).toContain(`${report} region`)
    const posted = { pick: report, do: 'accept', filters: '', levels: `${report} municipality` }
    await page.submit(`/campaigns/${campaign}/bulk`, posted, `/campaigns/${campaign}`)
    expect(await shown()).toMatchObject({ state: 'sent', level: levels[1] })
    await page.submit(
      `/campaigns/${campaign}/bulk`,
      { ...posted, levels: `${report} region` },
      `/campaigns/${campaign}`,
    )
    expect(await shown()).toMatchObject({ state: 'accepted' })
  })

  it('is not accepted by a page of another level or submission', async () => {
    await sent()
    const { number } = await lastSubmission()
    expect((await accept('voznesensky', { level: 'region' })).status).toBe(409)
    expect((await accept('voznesensky', { submission: number - 1 })).status).toBe(409)
    expect((await accept('voznesensky', { submission: number, level: 'municipality' })).status).toBe(200)
    expect((await accept('tihomirov', { submission: number, level: 'municipality' })).status).toBe(409)
  })

  it('is not decided at two levels by one person while there is another', async () => {
    await sent()
    expect((await accept('tihomirov')).status).toBe(200)
    expect(await accept('tihomirov')).toMatchObject({ status: 403, body: { code: 'report.second-level' } })
    expect((await accept('radonezhsky')).body).toMatchObject({ state: 'accepted' })
  })

  it('does not exist for the supervisor of another district', async () => {
    await sent()
    expect((await accept('belozertseva')).status).toBe(404)
    expect((await refuse('belozertseva')).status).toBe(404)
  })

  it('passes a level by where there is nobody above, with a note', async () => {
    const more = JSON.stringify([
      { code: 'head', name: 'Головная организация', decides: 'institution' },
      ...JSON.parse(steps),
    ])
    const version = await world.db
      .selectFrom('reports as r')
      .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
      .select('c.form_version_id as id')
      .where('r.id', '=', report)
      .executeTakeFirstOrThrow()
    const { template } = await world.db
      .selectFrom('form_versions')
      .select('template')
      .where('id', '=', version.id)
      .executeTakeFirstOrThrow()
    const copy = crypto.randomUUID()
    await world.db
      .insertInto('form_versions')
      .columns(['id', 'form_id', 'number', 'template', 'source_xml'])
      .expression((from) =>
        from
          .selectFrom('form_versions as v')
          .select((value) => [
            value.val(copy).as('id'),
            'v.form_id',
            value.val(99).as('number'),
            value.val(JSON.stringify({ ...template, levels: JSON.parse(more) })).as('template'),
            'v.source_xml',
          ])
          .where('v.id', '=', version.id),
      )
      .execute()
    const use = (id: string) =>
      world.db.updateTable('campaigns').set({ form_version_id: id }).where('form_version_id', 'in', [version.id, copy])
    await use(copy).execute()
    await sent()
    expect(await shown()).toMatchObject({ level: levels[0] })
    expect((await lastSubmission()).decisions).toMatchObject([
      { outcome: 'passed', level: 'Головная организация', reason: expect.stringContaining('пропущен') },
    ])
    await use(version.id).execute()
  })
})

describe('whose a level is', () => {
  const kinds = ['institution', 'municipality', 'region'] as const
  const heights = { institution: 0, municipality: 1, region: 2 }
  const above = fc
    .subarray([...kinds])
    .map((levelsAbove) => levelsAbove.map((level, index) => ({ id: `o${index}`, level, shortName: level })))
  const asked = fc.subarray(['institution', 'municipality', 'region', 'higher'] as const, { minLength: 1 })

  it('rises through the tree and never turns back', () => {
    fc.assert(
      fc.property(asked, above, (decides, tree) => {
        const placed = placedLevels(
          decides.map((one, index) => ({ code: `${index}`, name: one, decides: one })),
          tree,
        )
        const at = placed.flatMap((level) => (level.at ? [tree.findIndex(({ id }) => id === level.at?.id)] : []))
        expect(at).toEqual([...new Set(at)].sort())
        for (const [index, { at: own }] of placed.entries()) {
          const wanted = decides[index]
          if (own && wanted && wanted !== 'higher') expect(own.level).toBe(wanted)
          if (own) expect(heights).toHaveProperty(own.level)
        }
      }),
    )
  })
})

describe('no path', () => {
  const municipality = ['voznesensky']
  const region = ['tihomirov', 'radonezhsky', 'orlova']
  const people = [...municipality, ...region, 'belozertseva', 'dobronravova', 'auditor', 'zadunayskaya']
  const moves = fc.array(
    fc.record({
      who: fc.constantFrom(...people),
      does: fc.constantFrom('accept', 'accept', 'accept', 'refuse', 'send'),
      level: fc.constantFrom(undefined, 'municipality', 'municipality', 'region'),
    }),
    { minLength: 3, maxLength: 9 },
  )

  it('accepts without right, twice, out of order, or after a return', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (plan) => {
        await sent()
        let level: 'municipality' | 'region' | undefined = 'municipality'
        let state = 'sent'
        let decided: string[] = []
        for (const { who, does, level: named } of plan) {
          if (does === 'send') {
            if (state === 'refused') {
              await sent()
              level = 'municipality'
              state = 'sent'
              decided = []
            }
            continue
          }
          const body = named ? { level: named } : {}
          const { status } = does === 'accept' ? await accept(who, body) : await refuse(who, body)
          const may = level === 'municipality' ? [...municipality, ...region] : region
          const expected =
            state === 'sent' &&
            may.includes(who) &&
            !decided.includes(who) &&
            (named ? named === level : does === 'refuse')
          expect({ who, does, level, named, ok: status === 200 }).toMatchObject({ ok: expected })
          if (!expected) continue
          if (does === 'refuse') state = 'refused'
          else if (level === 'municipality') {
            level = 'region'
            decided.push(who)
          } else state = 'accepted'
        }
        const now = await shown()
        expect(now.state).toBe(state)
        if (state === 'sent') expect(now.level.code).toBe(level)
      }),
      { numRuns: 12 },
    )
  }, 120_000)
})
