import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { standPassword } from '../../seeds/stand.people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('signing in', () => {
  it('leads to the cabinet, and says who one is', async () => {
    const client = world.visitor()
    const opened = await client.post('/session', { login: 'DS14@verhneozersk.example', password: standPassword })
    expect(opened).toMatchObject({ status: 201, body: { stage: 'full', account: { surname: 'Добронравова' } } })
    const me = await client.get('/session')
    expect(me).toMatchObject({
      status: 200,
      body: { account: { surname: 'Добронравова' }, roles: [{ role: 'responsible' }] },
    })
  })
})
