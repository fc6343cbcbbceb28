/** Every figure of the open page, read from the page, against statements written apart from those that make it. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { dayIn, workingHoursOf } from '../../../kernel/calendar/index.ts'

const path = '/public/roadmaps/profstandarty'
const zone = 'Europe/Moscow'
const today = dayIn(new Date(), zone)
let world: World
beforeAll(async () => {
  world = await openWorld()
  await sql`
    update measures set cancelled_at = now(), cancel_reason = 'Не нужно'
    where region_code = '38' and number in ('1.1', '2.5')`.execute(world.db)
  // Corrected after it was published: the page goes on telling what was published.
  await sql`update indicator_figures set fact = 1, confirmed_at = null where region_code = '38'`.execute(world.db)
})

const words = (html: string): string =>
  html
    .replaceAll(/<svg.*?<\/svg>/gs, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .trim()
const numberIn = (text: string): number => Number(/[\d ]*\d/.exec(text)?.[0].replaceAll(' ', '').replace(',', '.'))

const pageOf = async (address: string): Promise<string> => (await world.visitor().fetch(address)).text()

/** Words by what stands under each figure of the masthead. */
async function mast(): Promise<{ text: string; value: string }[]> {
  const [, list = ''] = /<dl class="figures">(.*?)<\/dl>/s.exec(await pageOf(path)) ?? []
  return [...list.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs)].map(([, text = '', value = '']) => ({
    text: words(text),
    value: words(value),
  }))
}

/** Cells of each region's line, by its code. */
function table(html: string): Map<string, string[]> {
  const lines = [...html.matchAll(/<tr id="region-([^"]+)"[^>]*>(.*?)<\/tr>/gs)]
  return new Map(
    lines.map(([, code = '', cells = '']) => [
      code,
      [...cells.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => words(cell)),
    ]),
  )
}

type Course = { region: string; all: number; done: number; late: number }
const courses = async (): Promise<Course[]> => {
  const { rows } = await sql<Course>`
    select taking.region_code as region, count(m.id)::int as all,
      count(m.done_on)::int as done,
      count(m.id) filter (where m.done_on is null and m.due_on < ${today}::date)::int as late
    from roadmap_regions taking
    left join measures m on m.roadmap_id = taking.roadmap_id and m.region_code = taking.region_code
      and m.cancelled_at is null
    group by 1`.execute(world.db)
  return rows
}

const published = async (code: string, period?: string) => {
  const { rows } = await sql<{ region: string; fact: string; period: string }>`
    select f.region_code as region, f.published_fact::text as fact, f.period::text as period
    from indicator_figures f join indicators i on i.id = f.indicator_id and i.code = ${code}
    where f.published_at is not null
      and f.period = coalesce(${period ?? null}::date, (select max(period) from indicator_figures g
        where g.indicator_id = i.id and g.published_at is not null))`.execute(world.db)
  return rows
}

describe('the masthead', () => {
  it('tells the measures in force and those done', async () => {
    const [, , , measures] = await mast()
    const all = await courses()
    const sum = (key: 'all' | 'done') => all.reduce((count, course) => count + course[key], 0)
    expect(sum('all')).toBe(91 * 24 - 2)
    expect(numberIn(measures?.value ?? '')).toBe(sum('done'))
    expect(numberIn(measures?.text.replace(/^\D+/, '') ?? '')).toBe(sum('all'))
    expect(words(await pageOf(path))).toContain(`Выполнено ${Math.round((sum('done') / sum('all')) * 100)} % плана`)
  })

  it('tells the people whom the last published period counts', async () => {
    const [, people] = await mast()
    const expected = (await published('vovlecheno')).reduce((sum, { fact }) => sum + BigInt(fact), 0n)
    expect(expected).toBeGreaterThan(1_000_000n)
    expect(BigInt(people?.value.replaceAll(' ', '') ?? '')).toBe(expected)
  })

  it('tells those who work on it: not whoever reads, nor is blocked', async () => {
    const { rows } = await sql<{ email: string }>`
      select distinct a.email from accounts a join grants g on g.account_id = a.id
      where g.revoked_at is null and a.blocked_at is null and g.form_id is null
        and (g.role = 'administrator' and g.scope = 'everywhere' or g.role = 'coordinator' or g.role = 'region-operator'
          or g.role = 'helper' and g.permissions && '{plan.edit,plan.report,indicator.enter}')
        and (g.scope = 'everywhere' or g.region_code is not null)`.execute(world.db)
    const [, , working] = await mast()
    expect(rows.map(({ email }) => email)).toContain('coordinator@dorozhnaya-karta.example')
    expect(numberIn(working?.value ?? '')).toBe(rows.length)
    await sql`update accounts set blocked_at = now() where email = 'coordinator@dorozhnaya-karta.example'`.execute(
      world.db,
    )
    await sql`update roadmaps set version = version + 1`.execute(world.db)
    await expect.poll(async () => numberIn((await mast())[2]?.value ?? ''), { timeout: 10_000 }).toBe(rows.length - 1)
  })

  it('tells the working hours left, counted minute by minute', async () => {
    const { deadline } = await world.db.selectFrom('roadmaps').select('deadline').executeTakeFirstOrThrow()
    const [hours] = await mast()
    const minuteOf = (moment: Date) => {
      const [hour = 0, minute = 0] = moment.toLocaleTimeString('ru', { timeZone: zone }).split(':').map(Number)
      return hour * 60 + minute
    }
    const last = dayIn(deadline, zone)
    let minutes = 0
    for (let day = today; day <= last; day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)) {
      const closing = workingHoursOf(day) > 0 ? (workingHoursOf(day) + 10) * 60 : 0
      for (let minute = 9 * 60; minute < closing; minute += 1) {
        const isLunch = minute >= 13 * 60 && minute < 14 * 60
        const isPast = day === today && minute < minuteOf(new Date())
        if (!isLunch && !isPast && (day !== last || minute < minuteOf(deadline))) minutes += 1
      }
    }
    expect(Math.abs(numberIn(hours?.value ?? '') - minutes / 60)).toBeLessThanOrEqual(1)
  })
})

describe('the table and the map', () => {
  it('tell the course of every region', async () => {
    const html = await pageOf(path)
    const lines = table(html)
    const all = await courses()
    expect(lines.size).toBe(91)
    for (const { region, all: measures, done, late } of all) {
      const [share = '', overdue = ''] = lines.get(region) ?? []
      const exact = (done / measures) * 100
      expect(Math.abs(numberIn(share) - exact), region).toBeLessThan(1)
      expect(numberIn(overdue), region).toBe(late)
    }
    const told = [...html.matchAll(/regions\/([^"]+)" aria-label="[^"]*: ([^"]*)"/g)]
    expect(told.length).toBeGreaterThan(80)
    for (const [, region = '', text = ''] of told) {
      const course = all.find((each) => each.region === region)
      expect(words(text), region).toContain(`${course?.done} из ${course?.all}`)
    }
  })

  it.each([
    ['vovlecheno', undefined],
    ['obucheno', undefined],
    ['organizacii', undefined],
  ])('tell %s of every region as it was published, of every period', async (code) => {
    const { rows } = await sql<{ period: string }>`
      select distinct f.period::text as period from indicator_figures f join indicators i on i.id = f.indicator_id
      where i.code = ${code} and f.published_at is not null`.execute(world.db)
    expect(rows.length).toBeGreaterThan(3)
    for (const { period } of rows) {
      const lines = table(await pageOf(`${path}?indicator=${code}&period=${period}`))
      for (const { region, fact } of await published(code, period))
        expect(lines.get(region)?.at(-1)?.replaceAll(' ', ''), `${region} ${period}`).toBe(fact)
    }
  })
})

describe('a region’s page', () => {
  it('tells its own course and figures, and nobody’s name', async () => {
    const html = await pageOf(`${path}/regions/38`)
    const course = (await courses()).find(({ region }) => region === '38')
    const own = (await published('vovlecheno')).find(({ region }) => region === '38')
    expect(words(html)).toContain(`из ${course?.all}`)
    expect(words(html).replaceAll(/(\d) (?=\d)/g, '$1')).toContain(own?.fact)
    expect(html).not.toContain('1.1. Создание')
    const operators = await pageOf(`${path}/regions/00`)
    expect(operators).not.toContain('Тихомиров')
  })
})

describe('the file of figures', () => {
  it('holds them as numbers, and no formula', async () => {
    await sql`update regions set name = '=1+1' where code = '38'`.execute(world.db)
    await sql`update roadmaps set version = version + 1`.execute(world.db)
    const [first] = await published('vovlecheno')
    await expect.poll(() => pageOf(`${path}/data.csv`), { timeout: 10_000 }).toContain(`38;'=1+1;22;`)
    const text = await pageOf(`${path}/data.csv?period=${first?.period}&evil=1`)
    const lines = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'))
    expect(lines.length).toBe(92)
    const column = lines[0]?.findIndex((title) => title.startsWith('Вовлечено')) ?? 0
    for (const { region, fact } of await published('vovlecheno'))
      expect(lines.find(([code]) => code === region)?.[column]).toBe(fact)
  })
})
