/** What a portal itself calls at the stand-in ЕСИА: markers and data. */
import { Hono } from 'hono'
import type { StandEsiaPerson } from './persons.ts'
import { type StandEsia, StandRefusal } from './stand-esia.ts'

/** @param esia of this moment: a stand that is opened anew has another */
export function standEsiaMachine(esia: () => StandEsia): Hono {
  const app = new Hono()
  for (const path of ['/aas/oauth2/v3/te', '/aas/oauth2/te'])
    app.post(path, async (c) => {
      const form = new URLSearchParams(await c.req.text())
      try {
        return c.json(esia().exchange(form))
      } catch (error) {
        if (!(error instanceof StandRefusal)) throw error
        return c.json({ error: 'invalid_grant', error_description: error.message, state: form.get('state') }, 400)
      }
    })
  app.get('/rs/prns/:oid/:collection?', (c) => {
    const person = esia().personBy(c.req.header('authorization'))
    if (!person || String(person.oid) !== c.req.param('oid')) return c.json({ code: 'ESIA-005011' }, 401)
    const data = dataOf(person, c.req.param('collection'))
    return data ? c.json(data) : c.json({ code: 'ESIA-005004' }, 404)
  })
  app.get('/idp/ext/Logout', (c) => {
    const back = c.req.query('redirect_url') ?? ''
    if (!esia().isRedirectOf(c.req.query('client_id') ?? '', back)) return c.text('ESIA-007023', 400)
    return c.redirect(back, 302)
  })
  return app
}

function dataOf(person: StandEsiaPerson, collection: string | undefined): object | undefined {
  switch (collection) {
    case undefined:
      return {
        firstName: person.firstName,
        lastName: person.lastName,
        middleName: person.middleName,
        birthDate: person.birthDate,
        gender: person.gender,
        snils: person.snils,
        inn: person.inn,
        trusted: person.trusted,
        status: 'REGISTERED',
      }
    case 'ctts':
      return listOf(
        [
          { id: 1, type: 'EML', value: person.unconfirmedEmail, vrfStu: 'NOT_VERIFIED' },
          { id: 2, type: 'EML', value: person.email, vrfStu: 'VERIFIED' },
          { id: 3, type: 'MBT', value: person.mobile, vrfStu: 'VERIFIED' },
        ].filter(({ value }) => value !== undefined),
      )
    case 'roles':
      return listOf(person.roles)
    case 'addrs':
    case 'docs':
    case 'orgs':
      return listOf([])
    default:
      return undefined
  }
}

const listOf = (elements: object[]) => ({ stateFacts: ['hasSize'], size: elements.length, elements })
