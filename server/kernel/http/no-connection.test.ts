/** When no connection to the database comes free in time nothing is done, nothing typed is lost, and it is said when to come again. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guardsOf, type PageClient } from '../../../test/support/clients.ts'
import { wordsOf } from '../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { standPassword } from '../../seeds/stand.people.ts'
import { once } from './idempotency.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ pool: { connections: 1, wait: 400 } })
})

/** Takes the only connection, until it is let go. */
async function hold(): Promise<() => Promise<void>> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: held, resolve: taken } = Promise.withResolvers<void>()
  const holding = world.db.connection().execute(async () => {
    taken()
    await released
  })
  await held
  return async () => {
    release()
    await holding
  }
}

let letGo: () => Promise<void> = async () => undefined
afterEach(() => letGo())

const words =
  'К кабинету сейчас обращается слишком много людей, и очередь до вас не дошла. Подождите минуту и повторите.'
const address = '/profile/edit'

/** What a browser would send on pressing «Отправить ещё раз». */
function formOfResend(html: string): { action: string; fields: Record<string, string> } {
  const [, action = '', inner = ''] =
    /<form method="post" action="([^"]*)">(.*?Отправить ещё раз.*?)<\/form>/s.exec(html) ?? []
  const inputs = [...inner.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?/g)]
  return { action, fields: Object.fromEntries(inputs.map(([, name, value]) => [name, value ?? ''])) }
}

describe('a call that gets no connection in time', () => {
  it('is answered 503 by the API, and says when to come again', async () => {
    const clerk = world.as('dobronravova')
    expect((await clerk.get('/session')).status).toBe(200)
    letGo = await hold()
    const reply = await clerk.get('/session')
    expect(reply).toMatchObject({ status: 503, body: { code: 'no-connection', title: words } })
    expect(reply.headers.get('retry-after')).toBe('30')
    await letGo()
    expect((await clerk.get('/session')).status).toBe(200)
  })

  it('is answered by a calm page', async () => {
    const clerk = world.page('dobronravova')
    expect((await clerk.get('/cabinet')).status).toBe(200)
    letGo = await hold()
    const page = await clerk.get('/cabinet')
    expect(page.status).toBe(503)
    expect(page.headers.get('retry-after')).toBe('30')
    expect(wordsOf(page)).toContain(words)
    expect(page.html).not.toContain('Отправить ещё раз')
  })
})

describe('a form that gets no connection in time', () => {
  let clerk: PageClient
  let fields: Record<string, string>
  beforeEach(async () => {
    clerk = world.page('dobronravova')
    const { body } = await world.as('dobronravova').get('/profile')
    const { html } = await clerk.get(address)
    fields = {
      ...guardsOf(html),
      surname: body.surname,
      name: 'Мария',
      patronymic: '',
      position: 'старший методист',
      phone: '',
      version: String(body.version),
    }
  })

  it('keeps all that was typed, and is sent again by one button', async () => {
    letGo = await hold()
    const page = await clerk.post(address, fields)
    expect(page.status).toBe(503)
    expect(page.headers.get('retry-after')).toBe('30')
    expect(wordsOf(page)).toContain('Введённое не потеряно')
    const resend = formOfResend(page.html)
    expect(resend).toEqual({ action: address, fields: fields })
    await letGo()
    expect(await clerk.post(resend.action, resend.fields)).toMatchObject({ status: 303 })
    expect((await world.as('dobronravova').get('/profile')).body.position).toBe('старший методист')
  })

  it('is not repeated into the page with passwords, nor for another site', async () => {
    const visitor = world.page()
    const { html } = await visitor.get('/sign-in')
    letGo = await hold()
    const page = await visitor.post('/sign-in', { ...guardsOf(html), login: 'x', password: standPassword, next: '' })
    expect(page.status).toBe(503)
    expect(page.html).not.toContain(standPassword)
    expect(wordsOf(page)).toContain('Вернитесь на прошлую страницу')
    const foreign = await clerk.fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    })
    expect(await foreign.text()).not.toContain('старший методист')
  })
})

describe('a call that is done once by its key', () => {
  const call = { owner: 'x', key: 'y', method: 'post', path: '/', body: '', secretKey: 'z' }

  it('is answered when it was done, though there is no connection to note it', async () => {
    const answer = await once(world.db, call, async () => {
      letGo = await hold()
      return new Response('done')
    })
    expect(await answer.text()).toBe('done')
  })
})
