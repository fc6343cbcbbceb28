/** A plan given as a table: looked at, applied, and given out again. */
import { beforeAll, describe, expect, it } from 'vitest'
import { peopleOf } from '../../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let roadmap = ''

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
})

async function give(who: string, region: string, given: { text?: string; file?: File }) {
  const body = new FormData()
  body.set('region', region)
  if (given.text !== undefined) body.set('text', given.text)
  if (given.file) body.set('file', given.file)
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const reply = await as(who).fetch(`/api/v1/roadmaps/${roadmap}/plan/imports`, { method: 'POST', body, headers })
  return { status: reply.status, body: await reply.json() }
}
const apply = (who: string, id: string, unsure = false) =>
  as(who).put(`/roadmaps/${roadmap}/plan/imports/${id}/application`, { unsure })
const exported = async (who: string, region: string, format: string) =>
  as(who).fetch(`/api/v1/roadmaps/${roadmap}/plan/export?region=${region}&format=${format}`)
const table = (...rows: string[][]) => rows.map((cells) => cells.join('\t')).join('\n')
const head = ['№ п/п', 'Наименование мероприятия', 'Срок исполнения', 'Ответственный исполнитель', 'Соисполнители']
const measureOf = (number: string, region: string | null) =>
  world.db
    .selectFrom('measures')
    .selectAll()
    .where('number', '=', number)
    .where('region_code', region === null ? 'is' : '=', region)
    .executeTakeFirst()

describe('a plan given out and given back', () => {
  it.each([
    ['tihomirov', '00', 'xlsx'],
    ['tihomirov', '00', 'csv'],
    ['aleksandriyskaya', 'template', 'xlsx'],
  ])('by %s of %s as %s holds no changes', async (who, region, format) => {
    const measure = await measureOf('1.2', region === 'template' ? null : region)
    await world.db
      .updateTable('measures')
      .set({
        // A number, a formula and a comma in a name come back as they were.
        title: '=СУММ(1;2) назначить, «ответственных»',
        evidence_kinds: ['Приказ, с печатью', 'Список'],
        ...(region !== 'template' && { organisation_id: null, organisation_name: 'Министерство, Комитет' }),
      })
      .where('id', '=', measure?.id ?? '')
      .execute()
    const bytes = new Uint8Array(await (await exported(who, region, format)).arrayBuffer())
    const { status, body } = await give(who, region, { file: new File([bytes], `План.${format}`) })
    expect(status).toBe(201)
    expect(body.lines.filter(({ outcome }: { outcome: string }) => outcome !== 'same')).toEqual([])
    const whole = (await as(who).get(`/roadmaps/${roadmap}/plan?region=${region}&whole=yes`)).body.total
    expect(whole).toBeGreaterThan(20)
    expect(body.counts.same).toBe(whole)
    expect(await apply(who, body.id)).toMatchObject({ status: 409, body: { code: 'plan.nothing-to-apply' } })
  })

  it('is printed too, and narrowed as its list', async () => {
    const pdf = new Uint8Array(await (await exported('tihomirov', '00', 'pdf')).arrayBuffer())
    expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-')
    const all = await (await exported('tihomirov', '00', 'csv')).text()
    const done = await (await exported('tihomirov', '00', 'csv&state=planned')).text()
    expect(done.split('\r\n').length).toBeLessThan(all.split('\r\n').length)
    expect((await exported('tihomirov', '77', 'xlsx')).status).toBe(404)
  })
})

describe('a table of a plan', () => {
  it('adds own measures of a region and changes who answers, but not the template', async () => {
    const text = table(
      head,
      ['', 'Нормативное и организационное обеспечение'],
      [
        '1.1',
        'Создание региональной рабочей группы по внедрению профессиональных стандартов',
        'до 01.07.2030',
        'Комитет',
      ],
      ['1.91', 'Провести областной смотр', 'II квартал 2027 г.', 'Комитет', 'Центр; Школа'],
      ['1.92', 'Вести страницу в сети', 'постоянно', 'Комитет'],
      ['1.93', 'Без срока', 'скоро', 'Комитет'],
      ['Раздел 9. Чего нет'],
      ['9.1', 'В чужом разделе', '2027', 'Комитет'],
    )
    const { status, body } = await give('tihomirov', '00', { text })
    expect(status).toBe(201)
    expect(
      body.lines.map(({ number, outcome, unsure }: { number: string; outcome: string; unsure: boolean }) => [
        number,
        outcome,
        unsure,
      ]),
    ).toEqual([
      ['1.1', 'changed', true],
      ['1.91', 'added', false],
      ['1.92', 'added', true],
      ['1.93', 'wrong', false],
      ['9.1', 'wrong', false],
    ])
    expect(await measureOf('1.91', '00')).toBeUndefined()
    expect(await apply('tihomirov', body.id)).toMatchObject({ status: 200, body: { applied: 1 } })
    expect(await measureOf('1.91', '00')).toMatchObject({
      starts_on: '2027-04-01',
      due_on: '2027-06-30',
      organisation_name: 'Комитет',
      template_id: null,
    })
    expect(await measureOf('1.92', '00')).toBeUndefined()
    expect(await apply('tihomirov', body.id, true)).toMatchObject({
      status: 409,
      body: { code: 'plan.import-applied' },
    })

    const again = await give('tihomirov', '00', { text })
    expect(again.body.lines[1].outcome).toBe('same')
    expect(await apply('tihomirov', again.body.id, true)).toMatchObject({ body: { applied: 2 } })
    expect(await measureOf('1.1', '00')).toMatchObject({ organisation_name: 'Комитет', due_on: '2025-03-01' })
    expect((await measureOf('1.92', '00'))?.due_on).toBe('2028-12-31')
  })

  it('into the template adds sections and measures for every region, by the coordinator alone', async () => {
    const text = table(head, ['Раздел V. Итоги'], ['5.1', 'Подвести итоги', 'декабрь 2028', ''])
    expect((await give('tihomirov', 'template', { text })).status).toBe(404)
    expect((await give('aleksandriyskaya', '00', { text })).status).toBe(403)
    const { body } = await give('aleksandriyskaya', 'template', { text })
    expect(await apply('tihomirov', body.id)).toMatchObject({ status: 404 })
    expect(await apply('aleksandriyskaya', body.id)).toMatchObject({ status: 200, body: { applied: 1 } })
    expect((await measureOf('5.1', '77'))?.title).toBe('Подвести итоги')
    const moved = await give('aleksandriyskaya', 'template', { text: text.replace('2028', '2027') })
    expect(moved.body.lines[0]).toMatchObject({
      outcome: 'changed',
      changes: [
        { field: 'Начало', was: '01.12.2028', becomes: '01.12.2027' },
        { field: 'Срок', was: '31.12.2028', becomes: '31.12.2027' },
      ],
    })
    await apply('aleksandriyskaya', moved.body.id)
    expect((await measureOf('5.1', '77'))?.due_on).toBe('2027-12-31')
  })

  it('is refused with a reason when it is none', async () => {
    const refused = async (given: { text?: string; file?: File }) => (await give('tihomirov', '00', given)).body.code
    expect(await refused({ text: 'Просто слова' })).toBe('plan.unreadable-table')
    const large = await give('tihomirov', '00', { file: new File([new Uint8Array(6_000_000)], 'План.xlsx') })
    expect(large).toMatchObject({ status: 422, body: { code: 'plan.unreadable-table' } })
    expect(large.body.title).toContain('больше 5 МБ')
    expect(await refused({ file: new File(['%PDF-1.7\0'], 'План.xlsx') })).toBe('plan.unreadable-table')
    expect(await refused({ file: new File([new Uint8Array([0x50, 0x4b, 3, 4, 1])], 'План.xlsx') })).toBe(
      'plan.unreadable-table',
    )
    expect(await refused({})).toBe('invalid-input')
  })

  it('is given on a page, also without scripts, and its dry run is shown', async () => {
    const page = world.page('radonezhsky')
    const from = `/roadmaps/${roadmap}/plan/import?region=000`
    const text = table(
      head,
      ['1', 'Нормативное и организационное обеспечение'],
      ['1.95', 'Своё дело', 'май 2027', 'Отдел'],
    )
    const given = await page.submit(`/roadmaps/${roadmap}/plan/import`, { region: '000', text }, from)
    expect(given.status).toBe(303)
    const shown = await page.get(given.location ?? '')
    for (const words of ['Своё дело', 'Добавится', 'Внести в']) expect(shown.html.includes(words)).toBe(true)
    const applied = await page.submit(`${given.location}/application`, {}, given.location ?? '')
    expect(applied.status).toBe(303)
    expect((await measureOf('1.95', '000'))?.due_on).toBe('2027-05-31')
    const refused = await page.submit(`/roadmaps/${roadmap}/plan/import`, { region: '000', text: 'Слова' }, from)
    expect(refused.status).toBe(422)
    expect(refused.html.includes('Слова')).toBe(true)
  })
})
