import { beforeAll, describe, expect, it } from 'vitest'
import { peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let report: string
let as: ReturnType<typeof peopleOf>

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
})

const save = (person: 'dobronravova' | 'krylatskaya', body: unknown, headers?: Record<string, string>) =>
  as(person).patch(`/reports/${report}/cells`, body, headers)

const cellsNow = async () => (await as('dobronravova').get(`/reports/${report}/cells`)).body

describe('saving cells', () => {
  it('reads what was typed, works out the sums and says how much is filled', async () => {
    const reply = await save('krylatskaya', {
      changes: { '07/0701/05': '12', '7/701/6': '1 041', '7/701/7': '' },
      source: 'page',
    })
    expect(reply).toMatchObject({ status: 200, body: { conflicts: [], refused: [] } })
    const { values, computed, version } = await cellsNow()
    expect(values).toMatchObject({ '7/701/5': '12', '7/701/6': '1041' })
    expect(values).not.toHaveProperty('7/701/7')
    expect(computed['7/701/3']).toBe(reply.body.computed['7/701/3'])
    expect(version).toBe(reply.body.version)
    expect(reply.body.fill.find((part: { section: string }) => part.section === '7').filled).toBeGreaterThan(1)
  })

  it('refuses a cell by itself and keeps the others', async () => {
    const reply = await save('krylatskaya', {
      changes: { '7/701/8': 'много', '7/701/9': '41', '7/701/3': '5', '99/1/1': '1', 'title/okpo': '48120048' },
    })
    expect(reply.body.saved).toBe(2)
    expect(reply.body.refused.map(({ cell }: { cell: string }) => cell).sort()).toEqual([
      '7/701/3',
      '7/701/8',
      '99/1/1',
    ])
    expect(reply.body.refused[0].text).toMatch(/[а-яё]/)
    expect((await cellsNow()).values['7/701/9']).toBe('41')
  })

  it('writes nothing when nothing differs', async () => {
    const first = await save('krylatskaya', { changes: { '7/701/10': '7' } })
    const again = await save('krylatskaya', { changes: { '7/701/10': ' 7 ' } })
    expect(again.body).toMatchObject({ saved: 0, version: first.body.version })
  })

  it('answers a repeated key with the first answer and saves once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await save('krylatskaya', { changes: { '7/701/10': '8' } }, key)
    await save('dobronravova', { changes: { '7/701/10': '9' } })
    const again = await save('krylatskaya', { changes: { '7/701/10': '8' } }, key)
    expect(again.body).toEqual(first.body)
    expect((await cellsNow()).values['7/701/10']).toBe('9')
  })

  it('leaves a cell that another has changed meanwhile, and saves the rest', async () => {
    await save('dobronravova', { changes: { '7/702/5': '3', '7/702/6': '4' } })
    await save('krylatskaya', { changes: { '7/702/5': '5' }, base: { '7/702/5': '3' } })
    const reply = await save('dobronravova', {
      changes: { '7/702/5': '6', '7/702/6': '7' },
      base: { '7/702/5': '3', '7/702/6': '4' },
    })
    expect(reply.body.saved).toBe(1)
    expect(reply.body.conflicts).toMatchObject([{ cell: '7/702/5', yours: '6', theirs: '5' }])
    expect(reply.body.conflicts[0].by).toMatch(/^Крылатская/)
    expect((await cellsNow()).values).toMatchObject({ '7/702/5': '5', '7/702/6': '7' })
  })

  it('sees no conflict where both typed the same', async () => {
    await save('krylatskaya', { changes: { '7/702/7': '2' } })
    const reply = await save('dobronravova', { changes: { '7/702/7': '2' }, base: { '7/702/7': null } })
    expect(reply.body).toMatchObject({ conflicts: [], saved: 0 })
  })

  it('merges two people who save at the same moment', async () => {
    const { values } = await cellsNow()
    const [one, other] = await Promise.all([
      save('dobronravova', { changes: { '7/703/5': '1', '7/703/6': '2' }, base: values }),
      save('krylatskaya', { changes: { '7/703/7': '3', '7/703/8': '4' }, base: values }),
    ])
    expect([one.status, other.status]).toEqual([200, 200])
    expect((await cellsNow()).values).toMatchObject({
      '7/703/5': '1',
      '7/703/6': '2',
      '7/703/7': '3',
      '7/703/8': '4',
    })
  })

  it('is not the supervisor’s, and does not exist for strangers', async () => {
    const changes = { '7/701/5': '1' }
    const by = async (person: 'voznesensky' | 'belozertseva' | 'zlatovratskaya' | 'auditor') =>
      (await as(person).patch(`/reports/${report}/cells`, { changes })).status
    expect(await by('voznesensky')).toBe(403)
    expect(await by('auditor')).toBe(403)
    expect(await by('zlatovratskaya')).toBe(404)
    expect((await world.visitor().patch(`/reports/${report}/cells`, { changes })).status).toBe(401)
  })
})

describe('the history of a cell', () => {
  it('says who changed it, from what to what, the newest first', async () => {
    await save('dobronravova', { changes: { '7/704/5': '10' } })
    await save('krylatskaya', { changes: { '7/704/5': '11' }, source: 'paste' })
    await save('dobronravova', { changes: { '7/704/5': null } })
    const { body } = await as('voznesensky').get(`/reports/${report}/history?cell=07/704/5`)
    expect(body).toMatchObject({ cell: '7/704/5', value: null })
    expect(body.changes).toMatchObject([
      { from: '11', to: null },
      { from: '10', to: '11', source: 'paste' },
      { to: '10', source: 'api' },
      { from: null, to: '4', source: 'page' },
    ])
    expect(body.changes[1].by).toMatch(/^Крылатская/)
  })

  it('explains a number that the form works out', async () => {
    const { status, body } = await as('dobronravova').get(`/reports/${report}/explanation?cell=7/701/3`)
    expect(status).toBe(200)
    expect(body.cells.length).toBeGreaterThan(3)
    expect((await as('dobronravova').get(`/reports/${report}/explanation?cell=7/701/5`)).status).toBe(404)
  })
})

describe('checking a report', () => {
  it('answers every problem with its cells and keeps the counts until the next change', async () => {
    const clerk = as('dobronravova')
    await save('dobronravova', { changes: { '7/702/5': '500' } })
    const { status, body } = await clerk.put(`/reports/${report}/check`)
    expect(status).toBe(200)
    expect(body.errors).toBeGreaterThan(0)
    expect(body.problems[0].cells.length).toBeGreaterThan(0)
    expect((await clerk.get(`/reports/${report}`)).body).toMatchObject({ errors: body.errors })
    await save('dobronravova', { changes: { '7/702/5': '1' } })
    expect((await clerk.get(`/reports/${report}`)).body).toMatchObject({ errors: null, checkedAt: null })
  })
})

describe('a report of twenty thousand cells', () => {
  it('is saved within the time of a few raw writes', async () => {
    const admin = as('orlova')
    const published = await admin.post('/forms', { xml: bigTemplate() })
    expect(published.status).toBe(201)
    const deadline = new Date(Date.now() + 86_400_000).toISOString()
    const form = published.body.form.id
    await admin.post('/campaigns', { form, year: 2026, deadline, organisationKind: 'preschool' })
    const clerk = as('dobronravova')
    const big = (await clerk.get('/reports?form=big')).body.reports[0].id
    const changes = Object.fromEntries(bigCells().map((cell, index) => [cell, String(index)]))
    const started = performance.now()
    const reply = await clerk.patch(`/reports/${big}/cells`, { changes, source: 'paste' })
    expect(reply).toMatchObject({ status: 200, body: { saved: 20_000 } })
    expect(performance.now() - started).toBeLessThan(5000)
    const { body } = await clerk.get(`/reports/${big}/history?cell=10/100/22`)
    expect(body).toMatchObject({ value: '19999', changes: [{ from: null, to: '19999' }] })
  })
})

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

const bigCells = (): string[] =>
  numbers(1, 10).flatMap((section) =>
    numbers(1, 100).flatMap((row) => numbers(3, 22).map((column) => `${section}/${row}/${column}`)),
  )

function bigTemplate(): string {
  const columns = numbers(3, 22)
    .map(
      (column) =>
        `<column code="${column}" name="Графа ${column}" type="Z"><default-cell column="${column}" inputType="2" format="N(9,0)"/></column>`,
    )
    .join('')
  const rows = numbers(1, 100)
    .map((row) => `<row code="${row}" name="Строка ${row}" type="F"/>`)
    .join('')
  const sections = numbers(1, 10)
    .map(
      (code) => `<section code="${code}" name="Раздел ${code}" nb="${code}"><columns>
        <column code="1" name="Показатель" type="B"/><column code="2" name="№" type="B"/>${columns}</columns>
        <rows>${rows}</rows></section>`,
    )
    .join('')
  return `<?xml version="1.0" encoding="utf-8"?>
    <metaForm code="big" OKUD="9999999" shifr="big" name="Большая форма" idp="1" obj="okpo" format-version="1.3" version="01-01-2026">
    <title><item field="okpo" name="ОКПО"/></title><sections>${sections}</sections><controls/></metaForm>`
}
