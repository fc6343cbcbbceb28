/** Nothing typed is lost when a form is posted after its session has ended, and nobody else sees it. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { versionField } from '../../../contracts/reporting.ts'
import { guardsOf, type PageClient } from '../../../test/support/clients.ts'
import { wordsOf } from '../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { endpointsOf } from '../../app.tsx'
import { standAccounts, standPassword } from '../../seeds/stand.people.ts'
import { dropOldPosts } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

beforeEach(async () => {
  await world.db.deleteFrom('kept_posts').execute()
})

const address = '/profile/edit'
const typed = { name: 'Мария', patronymic: '', position: 'старший методист', phone: '' }
const position = /value="старший методист"/
const tooLate = 'Проверьте введённое и отправьте ещё раз: сеанс успел завершиться.'

const keptPosts = () => world.db.selectFrom('kept_posts').selectAll().execute()
const endSessions = () => world.db.updateTable('sessions').set({ ended_at: new Date() }).execute()

/** Opens a form, lets the session end and posts. */
async function postLate(person: PageClient, fields: Record<string, string>, path = address, from = path) {
  const { html } = await person.get(from)
  await endSessions()
  return postFrom(person, path, { ...guardsOf(html), ...fields }, from)
}

async function postFrom(person: PageClient, path: string, fields: Record<string, string>, from: string) {
  const headers = { referer: `http://localhost${from}` }
  const reply = await person.fetch(path, { method: 'POST', body: new URLSearchParams(fields), headers })
  return { status: reply.status, location: reply.headers.get('location') ?? '' }
}

/** Signs in on the page that the post was answered with. Returns where it leads. */
async function signInAt(person: PageClient, location: string, key: string): Promise<string> {
  const { html } = await person.get(location)
  const login = standAccounts.find((account) => account.key === key)?.login ?? ''
  const next = new URL(location, 'http://localhost').searchParams.get('next') ?? ''
  const reply = await person.post('/sign-in', { ...guardsOf(html), login, password: standPassword, next })
  return reply.location ?? ''
}

describe('a form posted after its session has ended', () => {
  let clerk: PageClient
  let location: string
  beforeEach(async () => {
    clerk = world.page('dobronravova')
    const profile = await world.as('dobronravova').get('/profile')
    const fields = { ...typed, surname: profile.body.surname, version: String(profile.body.version) }
    const reply = await postLate(clerk, fields)
    expect(reply.status).toBe(303)
    location = reply.location
  })

  it('opens again with what was typed once the same person has signed in, and does nothing by itself', async () => {
    expect(location).toBe(`/sign-in?next=${encodeURIComponent(address)}&ended=kept`)
    expect(wordsOf(await clerk.get(location))).toContain(
      'Войдите снова — введённое сохранено и откроется на той же странице.',
    )
    expect(await signInAt(clerk, location, 'dobronravova')).toBe(address)
    const form = await clerk.get(address)
    expect(form.html).toMatch(position)
    expect(wordsOf(form)).toContain(tooLate)
    expect((await clerk.get('/profile')).html).not.toContain('старший методист')
  })

  it('is shown once', async () => {
    await signInAt(clerk, location, 'dobronravova')
    expect((await clerk.get(address)).html).toMatch(position)
    const next = await clerk.get(address)
    expect(next).toMatchObject({ status: 200 })
    expect(next.html).not.toMatch(position)
    expect(await keptPosts()).toEqual([])
  })

  it('waits at its own address, whatever is opened first', async () => {
    await signInAt(clerk, location, 'dobronravova')
    expect((await clerk.get('/cabinet')).status).toBe(200)
    expect((await clerk.get(address)).html).toMatch(position)
  })

  it('is never shown to another person, and then no more to the first', async () => {
    await signInAt(clerk, location, 'voznesensky')
    expect((await clerk.get(address)).html).not.toMatch(position)
    expect(await keptPosts()).toEqual([])
    await endSessions()
    await signInAt(clerk, location, 'dobronravova')
    expect((await clerk.get(address)).html).not.toMatch(position)
  })

  it('is not shown to the same person at another browser', async () => {
    expect((await world.page('dobronravova').get(address)).html).not.toMatch(position)
  })

  it('is dropped after an hour', async () => {
    const [post] = await keptPosts()
    const minutes = ((post?.expires_at.getTime() ?? 0) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(55)
    expect(minutes).toBeLessThanOrEqual(60)
    await world.db
      .updateTable('kept_posts')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()
    await signInAt(clerk, location, 'dobronravova')
    expect((await clerk.get(address)).html).not.toMatch(position)

    await postLate(clerk, { ...typed, surname: 'Добронравова', version: '1' })
    await world.db
      .updateTable('kept_posts')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()
    await dropOldPosts(world.db)
    expect(await keptPosts()).toEqual([])
  })

  it('cannot be read by whoever has a copy of the database', async () => {
    const [post] = await keptPosts()
    expect(post?.sealed.includes(Buffer.from('методист'))).toBe(false)
    expect([...clerk.cookies.values()].some((value) => post?.token_hash.includes(Buffer.from(value)))).toBe(false)
  })
})

describe('a section of a report posted after the session has ended', () => {
  it('is put over what the report holds, and what another has changed meanwhile is still told', async () => {
    const { body } = await world.as('dobronravova').get('/reports?year=2026')
    const report = body.reports.find(({ form, state }: { form: { cipher: string }; state: string }) => {
      return form.cipher === '85-К' && state === 'draft'
    })
    const from = `/reports/${report.id}?section=7`
    const clerk = world.page('dobronravova')
    await world.as('dobronravova').patch(`/reports/${report.id}/cells`, { changes: { '7/702/6': '1', '7/702/7': '4' } })
    const { html } = await clerk.get(from)
    const [, version = ''] = new RegExp(`name="${versionField}" value="(\\d+)"`).exec(html) ?? []
    const fields = { ...guardsOf(html), [versionField]: version, '7/702/6': '21', '7/702/7': 'много', do: 'save' }
    await world.as('dobronravova').patch(`/reports/${report.id}/cells`, { changes: { '7/702/6': '2' } })
    await endSessions()
    const { location } = await postFrom(clerk, `/reports/${report.id}/sections/7`, fields, from)
    expect(await signInAt(clerk, location, 'dobronravova')).toBe(from)

    const form = await clerk.get(from)
    const field = (name: string) => new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(form.html)?.[0] ?? ''
    expect(field('7/702/6')).toContain('value="21"')
    expect(field('7/702/7')).toContain('value="много"')
    expect(wordsOf(form)).toContain(tooLate)
    const again = { ...guardsOf(form.html), [versionField]: version, '7/702/6': '21', '7/702/7': '4' }
    expect(field(versionField)).toContain(`value="${version}"`)
    const saved = await clerk.post(`/reports/${report.id}/sections/7`, again)
    expect(wordsOf(saved)).toContain('у вас «21», в отчёте «2»')
  })
})

describe('what is not kept', () => {
  const lost = (back: string) => `/sign-in?next=${encodeURIComponent(back)}&ended=yes`

  it('is a post of nobody knows whom, and of a form that is not ours', async () => {
    const clerk = world.page('dobronravova')
    const { html } = await clerk.get(address)
    await endSessions()
    expect(await postFrom(clerk, address, { ...typed, _csrf: 'forged' }, address)).toEqual({
      status: 303,
      location: lost(address),
    })
    clerk.cookies.delete('kabinet_session')
    const reply = await postFrom(clerk, address, { ...typed, ...guardsOf(html) }, address)
    expect(reply.location).toBe(lost(address))
    expect(wordsOf(await clerk.get(reply.location))).toContain('Отправленное не выполнено')
  })

  it('is what is too long', async () => {
    const long = await postLate(world.page('dobronravova'), { ...typed, position: 'п'.repeat(200_001) })
    expect(long.location).toBe(lost(address))
  })

  it('are passwords', async () => {
    const from = '/profile/password'
    const fields = { current: standPassword, password: 'Озеро-7719-утро', passwordAgain: 'Озеро-7719-утро' }
    expect((await postLate(world.page('dobronravova'), fields, from)).location).toBe(lost(from))
    expect(await keptPosts()).toEqual([])
  })

  it('is any form with a password in it', () => {
    const forms = endpointsOf(true).filter((endpoint) => endpoint.kind === 'page')
    const withPasswords = forms.filter(({ form, needs }) => {
      const fields = form && needs !== 'public' && z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' })
      return /"(password|passwordAgain|(new|old|current)Password)":\{[^{}]*"type":"string"/i.test(
        JSON.stringify(fields ?? ''),
      )
    })
    expect(withPasswords.map(({ path }) => path)).toContain('/profile/password')
    expect(withPasswords.filter(({ secret }) => !secret).map(({ path }) => path)).toEqual([])
  })
})
