/** The coordinator's board: its figures are those of the tables, its rights those of the person. */
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standAccounts } from '../../../seeds/stand.people.ts'

let world: World
let roadmap: string
beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
})

/** Written apart from the program's own, by dates alone. */
const today = sql`(now() at time zone 'Europe/Moscow')::date`
async function countsByRegion() {
  const { rows } = await sql<{ region: string; all: number; done: number; late: number }>`
    select region_code as region, count(*)::int as all, count(done_on)::int as done,
      count(*) filter (where done_on is null and due_on < ${today})::int as late
    from measures where region_code is not null and cancelled_at is null group by 1`.execute(world.db)
  return rows
}

describe('regions by measures', () => {
  it('counts as the tables do, region by region and measure by measure', async () => {
    const { body } = await world.as('aleksandriyskaya').get(`/roadmaps/${roadmap}/board`)
    expect(body.regions.length).toBeGreaterThan(89)
    const told = new Map(
      body.regions.map(({ code, all, done, late }: Record<string, unknown>) => [code, { all, done, late }]),
    )
    const counted = await countsByRegion()
    expect(told).toEqual(new Map(counted.map(({ region, ...counts }) => [region, counts])))
    const { rows } = await sql<{ id: string; late: number }>`
      select template_id as id, count(*) filter (where done_on is null and due_on < ${today})::int as late
      from measures where template_id is not null group by 1`.execute(world.db)
    expect(Object.fromEntries(body.columns.map(({ id, late }: { id: string; late: number }) => [id, late]))).toEqual(
      Object.fromEntries(rows.map(({ id, late }) => [id, late])),
    )
    expect(body.total.late).toBe(counted.reduce((sum, { late }) => sum + late, 0))
    expect(body.total.lateRegions).toBe(counted.filter(({ late }) => late > 0).length)
  })

  it('counts what a region added apart, and leaves out what was cancelled', async () => {
    const client = world.as('aleksandriyskaya')
    const before = (await client.get(`/roadmaps/${roadmap}/board?q=светлореченская`)).body.regions[0]
    const copy = await world.db
      .selectFrom('measures')
      .selectAll()
      .where('region_code', '=', '00')
      .where('number', '=', '1.1')
      .executeTakeFirstOrThrow()
    await world.db
      .insertInto('measures')
      .values({
        ...copy,
        id: crypto.randomUUID(),
        template_id: null,
        number: 'Д1',
        done_on: null,
        due_on: '2025-02-01',
      })
      .execute()
    await world.db.updateTable('measures').set({ cancelled_at: new Date() }).where('id', '=', copy.id).execute()
    const after = (await client.get(`/roadmaps/${roadmap}/board?q=светлореченская`)).body.regions[0]
    expect(after.own).toEqual({ all: 1, done: 0, late: 1 })
    expect(after.all).toBe(before.all)
    expect(after.late).toBe(before.late + 1 - (before.states[0] === 'overdue' ? 1 : 0))
    expect(after.states[0]).toBe('cancelled')
    await world.db.deleteFrom('measures').where('number', '=', 'Д1').execute()
    await world.db.updateTable('measures').set({ cancelled_at: null }).where('id', '=', copy.id).execute()
  })

  it('is narrowed and sorted by its address', async () => {
    const client = world.as('aleksandriyskaya')
    const all = (await client.get(`/roadmaps/${roadmap}/board?sort=-late`)).body
    const lates: number[] = all.regions.map(({ late }: { late: number }) => late)
    expect(lates).toEqual([...lates].sort((one, other) => other - one))
    const clean = (await client.get(`/roadmaps/${roadmap}/board?show=clean`)).body
    const late = (await client.get(`/roadmaps/${roadmap}/board?show=late`)).body
    expect(clean.regions.length + late.regions.length).toBe(all.regions.length)
    expect(late.regions.every((region: { late: number }) => region.late > 0)).toBe(true)
    const section = all.sections[1].id
    const narrowed = (await client.get(`/roadmaps/${roadmap}/board?section=${section}&q=край`)).body
    expect(new Set(narrowed.columns.map(({ sectionId }: { sectionId: string }) => sectionId))).toEqual(
      new Set([section]),
    )
    expect(narrowed.regions.every(({ name }: { name: string }) => /край/i.test(name))).toBe(true)
    expect(narrowed.regions[0].all).toBe(narrowed.columns.length)
  })

  it('is light and costs a few statements, with all regions', async () => {
    const client = world.page('aleksandriyskaya')
    await client.get(`/roadmaps/${roadmap}/board`)
    const { result, statements } = await countedQueries(() => client.get(`/roadmaps/${roadmap}/board`))
    expect(statements.filter((text) => !/^(begin|commit)/i.test(text)).length).toBeLessThanOrEqual(10)
    expect(gzipSync(result.html).length).toBeLessThan(60 * 1024)
    expect(result.html.match(/href="board\/cells/g)?.length).toBeGreaterThan(2000)
  })

  it('leads from a cell to the measure of the region', async () => {
    const client = world.page('aleksandriyskaya')
    const { html } = await client.get(`/roadmaps/${roadmap}/board?q=светлореченская`)
    const [, cell] = /href="(board\/cells\/00\/[0-9a-f]{8})"/.exec(html) ?? []
    const { status, location } = await client.get(`/roadmaps/${roadmap}/${cell}`)
    expect(status).toBe(303)
    const measure = await world.db
      .selectFrom('measures')
      .select(['region_code', 'number'])
      .where('id', '=', location?.split('/').at(-1) ?? '')
      .executeTakeFirstOrThrow()
    expect(measure).toEqual({ region_code: '00', number: '1.1' })
    expect((await client.get(`/roadmaps/${roadmap}/board/cells/99999/${cell?.slice(-8)}`)).status).toBe(404)
  })
})

describe('whose it is', () => {
  it('is not there for an operator, a helper or an auditor', async () => {
    for (const person of ['tihomirov', 'zadunayskaya', 'auditor'])
      expect((await world.as(person).get(`/roadmaps/${roadmap}/board`)).status).toBe(403)
    expect((await world.page('tihomirov').get(`/roadmaps/${roadmap}/board`)).status).toBe(403)
  })

  it('shows a region’s coordinator its own region alone', async () => {
    const { id } = await world.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', 'coordinator@dorozhnaya-karta.example')
      .executeTakeFirstOrThrow()
    const grants = world.db.updateTable('grants').where('account_id', '=', id).where('role', '=', 'coordinator')
    await grants.set({ scope: 'region', region_code: '00' }).execute()
    const { body } = await world.as('aleksandriyskaya').get(`/roadmaps/${roadmap}/board`)
    expect(body.regions.map(({ code }: { code: string }) => code)).toEqual(['00'])
    const other = body.columns[0].id.slice(-8)
    const page = world.page('aleksandriyskaya')
    expect((await page.get(`/roadmaps/${roadmap}/board/cells/77/${other}`)).status).toBe(404)
    expect((await page.get(`/roadmaps/${roadmap}/board/cells/00/${other}`)).status).toBe(303)
    await grants.set({ scope: 'everywhere', region_code: null }).execute()
  })
})

const measureOf = (region: string, number: string) =>
  world.db
    .selectFrom('measures')
    .selectAll()
    .where('region_code', '=', region)
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
const change = (id: string, values: { done_on: string | null }) =>
  world.db.updateTable('measures').set(values).where('id', '=', id).execute()

const accountOf = async (key: string): Promise<string> => {
  const email = standAccounts.find((person) => person.key === key)?.login ?? ''
  return (await world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
}

describe('who is late and why', () => {
  it('finds what the tables hold, each by its filter', async () => {
    const client = world.as('aleksandriyskaya')
    const { rows } = await sql<{ id: string; region: string; reported: boolean }>`
      select id, region_code as region, exists (select from measure_reports r where r.measure_id = m.id) as reported
      from measures m where region_code is not null and cancelled_at is null and done_on is null
        and due_on < ${today}`.execute(world.db)
    expect(rows.length).toBeGreaterThan(20)
    const late = async (filter = '') => (await client.get(`/roadmaps/${roadmap}/board/late${filter}`)).body
    expect((await late()).total).toBe(rows.length)
    expect((await late('?why=silent')).total).toBe(rows.filter(({ reported }) => !reported).length)
    const region = rows[0]?.region
    expect((await late(`?region=${region}`)).total).toBe(rows.filter((row) => row.region === region).length)
    const { body: board } = await client.get(`/roadmaps/${roadmap}/board`)
    for (const { id, late: count } of board.columns.slice(0, 6))
      expect((await late(`?measure=${id}`)).total).toBe(count)
    const [first] = (await late()).rows
    expect(first.daysLate).toBe(Math.max(...(await late()).rows.map((row: { daysLate: number }) => row.daysLate)))
  })

  it('says what it last heard, what was remarked and what holds it up', async () => {
    const [after, before] = [await measureOf('00', '2.3'), await measureOf('00', '2.2')]
    for (const { id } of [after, before]) await change(id, { done_on: null })
    await world.db.insertInto('measure_links').values({ measure_id: after.id, after_id: before.id }).execute()
    const report = (text: string, hours: number, returned: boolean) => ({
      id: crypto.randomUUID(),
      measure_id: after.id,
      at: new Date(Date.now() + hours * 3_600_000),
      text,
      percent: 40,
      returned_at: returned ? new Date() : null,
    })
    await world.db
      .insertInto('measure_reports')
      .values([report('Группа набрана', 1, false), report('Вернули', 2, true)])
      .execute()
    await world.db
      .insertInto('measure_remarks')
      .values({ id: crypto.randomUUID(), measure_id: after.id, text: 'Когда?' })
      .execute()
    const { body } = await world.as('aleksandriyskaya').get(`/roadmaps/${roadmap}/board/late?region=00&why=waits`)
    expect(body.rows).toHaveLength(1)
    expect(body.rows[0]).toMatchObject({
      report: { text: 'Группа набрана' },
      remarks: 1,
      waitsFor: [{ number: '2.2', overdue: true }],
    })
    const page = await world.page('aleksandriyskaya').get(`/roadmaps/${roadmap}/board/late?region=00&why=remarks`)
    expect(page.html).toContain('тоже просрочено')
  })

  it('is exported as filtered and costs a few statements', async () => {
    const client = world.page('aleksandriyskaya')
    const csv = await client.get(`/roadmaps/${roadmap}/board/late/export?region=00&format=csv`)
    expect(csv.html).toContain('2.2 — тоже просрочено')
    const { total } = (await world.as('aleksandriyskaya').get(`/roadmaps/${roadmap}/board/late?region=00`)).body
    expect(csv.html.trim().split('\r\n')).toHaveLength(total + 1)
    expect((await client.get(`/roadmaps/${roadmap}/board/late/export`)).status).toBe(200)
    const { statements } = await countedQueries(() => client.get(`/roadmaps/${roadmap}/board/late`))
    expect(statements.filter((text) => !/^(begin|commit)/i.test(text)).length).toBeLessThanOrEqual(11)
  })
})

describe('reminders', () => {
  const operator = 'operator@svetlorechye.example'
  const nudges = () => world.db.deleteFrom('roadmap_nudges').execute()

  it('go out at once, one a person with all its measures, and say where nobody is', async () => {
    await nudges()
    const client = world.as('aleksandriyskaya')
    const words = 'Сведения нужны к среде.'
    const { body } = await client.post(`/roadmaps/${roadmap}/board/reminders`, { words })
    const late = (await client.get(`/roadmaps/${roadmap}/board/late?region=00`)).body
    expect(body.people).toBeGreaterThan(0)
    expect(body.withoutOperator.length).toBeGreaterThan(10)
    expect(body.withoutOperator.map(({ code }: { code: string }) => code)).not.toContain('00')
    await world.settle()
    const letters = (await world.lettersTo(operator)).filter(({ subject }) => /просрочено/.test(subject))
    expect(letters).toHaveLength(1)
    expect(letters[0]?.text).toContain(words)
    for (const { number, title } of late.rows) expect(letters[0]?.text).toContain(`${number}. ${title}`)
    expect(late.rows[0].remindedOn).not.toBeNull()
    // What nobody was told of is not marked as told.
    const { body: other } = await client.get(`/roadmaps/${roadmap}/board/late?sort=region`)
    expect(
      other.rows.find(({ region }: { region: string }) => region !== '00' && region !== '000').remindedOn,
    ).toBeNull()
  })

  it('are one message when two remind at once', async () => {
    await nudges()
    const before = (await world.lettersTo(operator)).length
    const two = [world.as('aleksandriyskaya'), world.as('orlova')]
    const outcomes = await Promise.all(
      two.map((client) => client.post(`/roadmaps/${roadmap}/board/reminders`, { regions: ['00'] })),
    )
    const counts = outcomes.map(({ body }) => body.reminded).sort((one, other) => one - other)
    expect(counts[0]).toBe(0)
    expect(counts[1]).toBeGreaterThan(1)
    await world.settle()
    expect((await world.lettersTo(operator)).length).toBe(before + 1)
  })

  it('are shown before they go: to whom, and what was reminded of today', async () => {
    await nudges()
    const page = world.page('aleksandriyskaya')
    const { id } = await measureOf('00', '2.3')
    const preview = await page.submit(
      `/roadmaps/${roadmap}/board/late`,
      { pick: id },
      `/roadmaps/${roadmap}/board/late?region=00`,
    )
    expect(preview.html).toContain('Тихомиров Всеволод Игнатьевич')
    expect(preview.html).toContain(`value="${id}"`)
    const sent = await page.submit(
      `/roadmaps/${roadmap}/board/reminders`,
      { measures: id, words: '' },
      `/roadmaps/${roadmap}/board/late?region=00`,
    )
    expect(sent.status).toBe(303)
    const again = await page.get(`/roadmaps/${roadmap}/board/reminders/late?region=00`)
    expect(again.html).toContain('Сегодня уже напоминали')
    const long = await page.submit(
      `/roadmaps/${roadmap}/board/reminders`,
      { region: '00', words: 'а'.repeat(1001) },
      `/roadmaps/${roadmap}/board/late?region=00`,
    )
    expect(long.html).toMatch(/длиннее.1000/)
    const spoilt = await page.submit(
      `/roadmaps/${roadmap}/board/reminders`,
      { measures: 'нет такого' },
      `/roadmaps/${roadmap}/board/late?region=00`,
    )
    expect(spoilt.html).toContain('Напоминать некому')
  })

  it('ask for figures of the ended period that a region has not entered', async () => {
    await nudges()
    const { rows: periods } = await sql<{ period: string }>`
      select max(period) as period from indicator_figures`.execute(world.db)
    const { numUpdatedRows } = await world.db
      .updateTable('indicator_figures')
      .set({ fact: null })
      .where('region_code', '=', '00')
      .where('period', '=', periods[0]?.period ?? '')
      .executeTakeFirstOrThrow()
    expect(Number(numUpdatedRows)).toBeGreaterThan(0)
    const client = world.as('aleksandriyskaya')
    const asked = { regions: ['00', '77'] }
    const { body } = await client.post(`/roadmaps/${roadmap}/board/figure-reminders`, asked)
    expect(body.reminded).toBe(Number(numUpdatedRows))
    expect((await client.post(`/roadmaps/${roadmap}/board/figure-reminders`, asked)).body.reminded).toBe(0)
    await world.settle()
    const letters = (await world.lettersTo(operator)).filter(({ subject }) => /не введен/.test(subject))
    expect(letters).toHaveLength(1)
    const page = await world.page('aleksandriyskaya').get(`/roadmaps/${roadmap}/board/reminders`)
    expect(page.html).toContain('оператора нет')
    expect((await world.as('tihomirov').post(`/roadmaps/${roadmap}/board/figure-reminders`, {})).status).toBe(403)
  })

  it('reach a helper for the parts that it was lent alone', async () => {
    await nudges()
    const { section_id } = await measureOf('00', '2.3')
    await sql`update grants set permissions = array['roadmap.read', 'plan.report'], parts = array[${`section:${section_id}`}]
      where account_id = ${await accountOf('zadunayskaya')} and role = 'helper'`.execute(world.db)
    const { body } = await world
      .as('aleksandriyskaya')
      .post(`/roadmaps/${roadmap}/board/reminders`, { regions: ['00'] })
    expect(body.people).toBe(3)
    await world.settle()
    const [letter] = await world.db
      .selectFrom('messages')
      .select('body')
      .where('account_id', '=', await accountOf('zadunayskaya'))
      .where('kind', '=', 'roadmap.reminded')
      .execute()
    const { rows } = (await world.as('aleksandriyskaya').get(`/roadmaps/${roadmap}/board/late?region=00`)).body
    for (const { number, title, sectionNumber } of rows)
      expect(letter?.body.includes(`${number}. ${title}`), number).toBe(sectionNumber === '2')
  })

  it('are not for an operator', async () => {
    expect((await world.as('tihomirov').post(`/roadmaps/${roadmap}/board/reminders`, {})).status).toBe(403)
    expect((await world.as('tihomirov').get(`/roadmaps/${roadmap}/board/late`)).status).toBe(403)
  })
})

describe('the course and the comparison', () => {
  it('tell what was due, done and late by the end of each month, as the tables do', async () => {
    const { body } = await world.as('aleksandriyskaya').get(`/roadmaps/${roadmap}/board/course`)
    const { rows } = await sql<{ due: number; done: number; late: number }>`
      select count(*) filter (where due_on < '2026-05-01')::int as due,
        count(*) filter (where done_on < '2026-05-01')::int as done,
        count(*) filter (where due_on < '2026-05-01' and (done_on is null or done_on >= '2026-05-01'))::int as late
      from measures where region_code is not null and cancelled_at is null`.execute(world.db)
    expect(body.months.find(({ month }: { month: string }) => month === '2026-04')).toEqual({
      month: '2026-04',
      ...rows[0],
    })
    expect(body.months.at(-1)).toMatchObject({ due: body.total.all, done: null, late: null })
    const passed = body.months.filter(({ done }: { done: number | null }) => done !== null).at(-1)
    expect(passed).toMatchObject({ done: body.total.done, late: body.total.late })
  })

  it('put regions side by side: states, shares, published figures and differences', async () => {
    const client = world.as('aleksandriyskaya')
    const { body } = await client.get(`/roadmaps/${roadmap}/board/comparison?region1=77&region2=00&region4=16`)
    expect(body.regions.map(({ code }: { code: string }) => code)).toEqual(['77', '00', '16'])
    const counted = await countsByRegion()
    for (const { code, all, done, late, shares } of body.regions) {
      expect({ region: code, all, done, late }).toEqual(counted.find(({ region }) => region === code))
      expect(shares.at(-1)).toBeCloseTo(done / all)
    }
    const { rows } = await sql<{ fact: string }>`
      select f.published_fact::text as fact from indicator_figures f join indicators i on i.id = f.indicator_id
      where i.code = 'obucheno' and f.region_code = '77' and f.published_fact is not null
      order by f.period desc limit 1`.execute(world.db)
    expect(body.indicators.flatMap(({ values }: { values: string[] }) => values)).toContain(rows[0]?.fact)
    for (const { states } of body.differing) {
      const done = states.map((state: string) => state === 'done' || state === 'done-late')
      expect(new Set(done).size).toBe(2)
    }
    expect((await client.get(`/roadmaps/${roadmap}/board/comparison?region1=99999&region2=77`)).status).toBe(404)
    const page = await world
      .page('aleksandriyskaya')
      .get(`/roadmaps/${roadmap}/board/comparison?region1=77&region2=00&region3=`)
    expect(page.html).toContain('Опубликованные показатели')
  })
})

it('the board goes to a meeting as PDF, with an indicator beside the regions', async () => {
  const client = world.as('aleksandriyskaya')
  const { id } = await world.db
    .selectFrom('indicators')
    .select('id')
    .where('position', '=', 1)
    .executeTakeFirstOrThrow()
  const reply = await client.fetch(`/roadmaps/${roadmap}/board/export?indicator=${id}`)
  expect(reply.headers.get('content-type')).toBe('application/pdf')
  const bytes = new Uint8Array(await reply.arrayBuffer())
  expect(new TextDecoder('latin1').decode(bytes.slice(0, 5))).toBe('%PDF-')
  expect(bytes.length).toBeGreaterThan(20_000)
  expect((await world.as('tihomirov').fetch(`/roadmaps/${roadmap}/board/export`)).status).toBe(403)
})
