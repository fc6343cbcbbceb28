/** The pages on which measures are written: nothing that was typed is lost. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let roadmap: string
let section: string
let first: { id: string; version: number }
beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.as('tihomirov').get('/roadmaps')).body.roadmaps[0].id
  const { sections, measures } = (await world.as('tihomirov').get(`/roadmaps/${roadmap}/plan?region=00`)).body
  section = sections[0].id
  first = (await world.as('tihomirov').get(`/measures/${measures[0].id}`)).body
})

const edit = () => `/measures/${first.id}/edit`

describe('the form of a measure', () => {
  it('proposes the number, and shows again all that was typed', async () => {
    const page = world.page('tihomirov')
    const path = `/roadmaps/${roadmap}/plan/new?region=00`
    expect((await page.get(path)).html).toContain('1.7')
    const typed = { region: '00', sectionId: section, title: 'Своё', expectedResult: 'Приказ', dueOn: 'завтра' }
    const again = await page.submit(`/roadmaps/${roadmap}/plan/new`, typed, path)
    expect(again.status).toBe(422)
    for (const value of ['завтра', 'Приказ', 'Укажите срок']) expect(again.html).toContain(value)
    const sent = { ...typed, dueOn: '30.06.2027', coExecutors: 'Учебный центр\n\nСовет директоров', number: '' }
    const { status, location } = await page.submit(`/roadmaps/${roadmap}/plan/new`, sent, path)
    expect(status).toBe(303)
    const { body } = await world.as('tihomirov').get(`/measures/${location?.split('/').at(-1)}`)
    expect(body).toMatchObject({
      number: '1.7',
      dueOn: '2027-06-30',
      own: true,
      coExecutors: [{ name: 'Учебный центр' }, { name: 'Совет директоров' }],
    })
    expect((await page.get(`/roadmaps/${roadmap}/plan?region=00`)).html).toMatch(/Своё: в.шаблоне его нет/)
  })

  it('takes an organisation of the registry by its number or as it was offered', async () => {
    const client = world.as('tihomirov')
    const [offered] = (await client.get(`/measures/organisations?q=${encodeURIComponent('ромашка')}`)).body
    expect(offered.text).toMatch(/^\d{10} /)
    const page = world.page('tihomirov')
    for (const organisation of [offered.text, 'Отряд, которого в реестре нет']) {
      const { version } = (await client.get(`/measures/${first.id}`)).body
      const sent = await page.submit(
        `/measures/${first.id}/responsible`,
        { organisation, version: String(version) },
        edit(),
      )
      expect(sent.status).toBe(303)
      const { body } = await client.get(`/measures/${first.id}`)
      expect(body.organisation.id === null).toBe(organisation !== offered.text)
    }
  })

  it('tells what somebody else has changed, and saves when it is sent once more', async () => {
    const page = world.page('tihomirov')
    const stale = { organisation: 'Мой отряд', version: String(first.version), responsiblePerson: 'Кто-то' }
    const refused = await page.submit(`/measures/${first.id}/responsible`, stale, edit())
    expect(refused.status).toBe(409)
    expect(refused.html).toContain('Мой отряд')
    expect(refused.html).toMatch(/изменил кто-то ещё: Ответственная организация/)
    const [, version = ''] = /name="version" value="(\d+)"/.exec(refused.html) ?? []
    expect((await page.submit(`/measures/${first.id}/responsible`, { ...stale, version }, edit())).status).toBe(303)
  })

  it('locks in a copy what is the template’s and says why; does not open for whoever may not change', async () => {
    const { html } = await world.page('tihomirov').get(`/measures/${first.id}/edit`)
    expect(html).toMatch(/Это мероприятие из.шаблона/)
    expect(html).not.toContain('name="title"')
    expect((await world.page('auditor').get(`/measures/${first.id}/edit`)).status).toBe(403)
    expect((await world.page('auditor').get(`/roadmaps/${roadmap}/plan/new?region=00`)).status).toBe(403)
    expect((await world.page('auditor').get(`/measures/${first.id}`)).html).not.toContain('Назначить ответственных')
  })
})

describe('a helper limited to a section', () => {
  it('sees that section of the plan alone, and adds to it alone', async () => {
    const { id: helper } = await world.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', 'helper@svetlorechye.example')
      .executeTakeFirstOrThrow()
    await world.db
      .updateTable('grants')
      .set({ permissions: ['roadmap.read', 'plan.edit'], parts: [`section:${section}`] } as never) // as: grants are another room's
      .where('account_id', '=', helper)
      .execute()
    const client = world.as('zadunayskaya')
    const { sections, measures } = (await client.get(`/roadmaps/${roadmap}/plan?region=00`)).body
    expect(sections.map(({ id }: { id: string }) => id)).toEqual([section])
    expect(measures.every(({ sectionId }: { sectionId: string }) => sectionId === section)).toBe(true)
    const all = (await world.as('tihomirov').get(`/roadmaps/${roadmap}/plan?region=00`)).body
    const beyond = all.measures.find(({ sectionId }: { sectionId: string }) => sectionId !== section)
    expect((await client.get(`/measures/${beyond.id}`)).status).toBe(404)
    const asked = { region: '00', number: '7', title: 'Помощник добавил', dueOn: '2027-06-30' }
    const add = (sectionId: string) => client.post(`/roadmaps/${roadmap}/plan`, { ...asked, sectionId })
    expect((await add(all.sections[1].id)).status).toBe(422)
    expect((await add(section)).status).toBe(201)
  })
})
