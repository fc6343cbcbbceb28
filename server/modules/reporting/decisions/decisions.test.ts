import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cleanValues, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { contentHash } from './frozen.ts'

let world: World
let report: string
let as: ReturnType<typeof peopleOf>
const everyone = {
  responsible: 'ds14@verhneozersk.example',
  member: 'ds14.deloproizvodstvo@verhneozersk.example',
  neighbour: 'ds21@verhneozersk.example',
  supervisor: 'uo@verhneozersk.example',
  strangersSupervisor: 'uo@zarechye.example',
  operator: 'operator@svetlorechye.example',
}

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
})

/** The report as the clerk left it: not yet sent, everything filled in. */
async function filled(): Promise<void> {
  await world.db.updateTable('reports').set({ state: 'draft' }).where('id', '=', report).execute()
  const changes = { ...cleanValues(), '7/701/8': cleanValues()['7/701/8'] ?? '0' }
  const reply = await as('krylatskaya').patch(`/reports/${report}/cells`, { changes })
  expect(reply.body.refused).toEqual([])
}

async function sent(): Promise<void> {
  await filled()
  expect((await as('dobronravova').put(`/reports/${report}/sending`)).status).toBe(200)
  await world.settle()
}

const subjects = async (address: string) => (await world.lettersTo(address)).map(({ subject }) => subject)

describe('sending a report', () => {
  beforeEach(filled)

  it('hands it to the higher organisation and tells those concerned, once', async () => {
    const before = (await subjects(everyone.supervisor)).length
    const reply = await as('dobronravova').put(`/reports/${report}/sending`)
    expect(reply).toMatchObject({ status: 200, body: { state: 'sent', errors: 0 } })
    await world.settle()
    expect((await subjects(everyone.supervisor)).slice(before)).toEqual(['Отчёт 85-К за 2026 год ждёт проверки'])
    expect(await subjects(everyone.responsible)).toContain('Отчёт 85-К за 2026 год отправлен')
    expect(await subjects(everyone.member)).toContain('Отчёт 85-К за 2026 год отправлен')
    for (const other of [everyone.neighbour, everyone.strangersSupervisor, everyone.operator])
      expect(await subjects(other)).toEqual([])
  })

  it('freezes what is sent under a hash of its cells', async () => {
    await as('dobronravova').put(`/reports/${report}/sending`)
    const { cells, content_hash } = await world.db
      .selectFrom('submissions')
      .selectAll()
      .where('report_id', '=', report)
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    expect(contentHash(cells)).toBe(content_hash)
    expect(cells['7/701/3']).toBeDefined() // worked out, and still part of what was sent
    expect(contentHash({ ...cells, '7/701/3': '999' })).not.toBe(content_hash)
  })

  it('is done once by two clicks', async () => {
    const clerk = as('dobronravova')
    const replies = await Promise.all([
      clerk.put(`/reports/${report}/sending`),
      clerk.put(`/reports/${report}/sending`),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is refused with the problems while there are errors', async () => {
    const clerk = as('dobronravova')
    await clerk.patch(`/reports/${report}/cells`, { changes: { '7/701/8': null } })
    const reply = await clerk.put(`/reports/${report}/sending`)
    expect(reply).toMatchObject({ status: 422, body: { code: 'report.has-errors' } })
    expect(reply.body.params.problems.length).toBeGreaterThan(0)
    expect((await clerk.get(`/reports/${report}`)).body).toMatchObject({ state: 'draft' })
    expect((await clerk.get(`/reports/${report}`)).body.errors).toBeGreaterThan(0)
  })

  it('is not a member’s to do', async () =>
    expect((await as('krylatskaya').put(`/reports/${report}/sending`)).status).toBe(403))

  it('does not exist for the neighbour', async () =>
    expect((await as('zlatovratskaya').put(`/reports/${report}/sending`)).status).toBe(404))

  it('closes the cells', async () => {
    await as('dobronravova').put(`/reports/${report}/sending`)
    const reply = await as('dobronravova').patch(`/reports/${report}/cells`, { changes: { '7/701/8': '1' } })
    expect(reply).toMatchObject({ status: 409, body: { code: 'report.not-open' } })
  })
})

describe('refusing a report', () => {
  beforeEach(sent)

  it('returns it to the clerk with the reason, by letter too', async () => {
    const reason = 'Расходятся разделы 4 и 7'
    const reply = await as('voznesensky').put(`/reports/${report}/refusal`, { reason })
    expect(reply).toMatchObject({ status: 200, body: { state: 'refused', reason } })
    await world.settle()
    const [letter] = (await world.lettersTo(everyone.responsible)).reverse()
    expect(letter?.subject).toBe('Отчёт возвращён: 85-К за 2026 год')
    expect(letter?.text).toContain(reason)
    const { comments } = (await as('dobronravova').get(`/reports/${report}/comments`)).body
    expect(comments[0]).toMatchObject({ kind: 'refusal', text: reason })
  })

  it('lets it be mended and sent again', async () => {
    await as('voznesensky').put(`/reports/${report}/refusal`, { reason: 'Проверьте группу' })
    const clerk = as('dobronravova')
    expect((await clerk.patch(`/reports/${report}/cells`, { changes: { 'title/phone': '+70001021415' } })).status).toBe(
      200,
    )
    expect((await clerk.put(`/reports/${report}/sending`)).body).toMatchObject({ state: 'sent', reason: null })
    const { submissions } = (await clerk.get(`/reports/${report}/submissions`)).body
    expect(submissions[0].outcome).toBeNull()
    expect(submissions[1]).toMatchObject({ outcome: 'refused', reason: 'Проверьте группу' })
    expect(submissions[0].contentHash).not.toBe(submissions[1].contentHash)
  })

  it('needs a reason', async () =>
    expect((await as('voznesensky').put(`/reports/${report}/refusal`, { reason: ' ' })).status).toBe(422))

  it('does not exist for the supervisor of another district', async () =>
    expect((await as('belozertseva').put(`/reports/${report}/refusal`, { reason: 'Нет' + '!' })).status).toBe(404))

  it('is not the clerk’s own to do', async () =>
    expect((await as('dobronravova').put(`/reports/${report}/refusal`, { reason: 'Сами' })).status).toBe(403))
})

describe('accepting a report', () => {
  beforeEach(sent)

  it('is told to its organisation', async () => {
    const reply = await as('voznesensky').put(`/reports/${report}/acceptance`)
    expect(reply).toMatchObject({ status: 200, body: { state: 'accepted' } })
    await world.settle()
    expect((await subjects(everyone.responsible)).at(-1)).toBe('Отчёт 85-К за 2026 год принят')
  })

  it('is decided once by two supervisors at once', async () => {
    const replies = await Promise.all([
      as('voznesensky').put(`/reports/${report}/acceptance`),
      as('tihomirov').put(`/reports/${report}/acceptance`),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is not undone by a refusal that comes later', async () => {
    await as('voznesensky').put(`/reports/${report}/acceptance`)
    const reply = await as('tihomirov').put(`/reports/${report}/refusal`, { reason: 'Опоздавшее решение' })
    expect(reply).toMatchObject({ status: 409, body: { code: 'report.not-sent' } })
    expect((await as('dobronravova').get(`/reports/${report}`)).body.state).toBe('accepted')
  })

  it('stands in the journal', async () => {
    await as('voznesensky').put(`/reports/${report}/acceptance`)
    const actions = await world.db
      .selectFrom('journal')
      .select('action')
      .where('subject_kind', '=', 'report')
      .where('subject_id', '=', report)
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    expect(actions.map(({ action }) => action)).toEqual(['report.accepted', 'report.sent'])
  })
})
