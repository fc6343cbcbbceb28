import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standAccounts } from '../../../seeds/stand.people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const login = standAccounts.find(({ key }) => key === 'dobronravova')?.login ?? ''

describe('the journal of sign-ins', () => {
  it('tells its owner of every way in and every refusal, newest first', async () => {
    await world.visitor().post('/session', { login, password: 'not the password' })
    const { body } = await world.as('dobronravova').get('/profile/sign-ins')
    expect(body.entries.map(({ text, good }: { text: string; good: boolean }) => ({ text, good })).slice(0, 2)).toEqual(
      [
        { text: 'Вход по паролю', good: true },
        { text: 'Отказ: неверный пароль', good: false },
      ],
    )
    const { html } = await world.page('dobronravova').get('/profile/sign-ins')
    expect(html).toContain('Отказ: неверный пароль')
  })

  it('tells nothing of others', async () => {
    const { body } = await world.as('zlatovratskaya').get('/profile/sign-ins')
    expect(body.entries.map(({ text }: { text: string }) => text)).toEqual(['Вход по паролю'])
  })

  it('goes on where the page before has ended', async () => {
    for (let time = 0; time < 60; time += 1) await world.as('voznesensky').get('/session')
    const first = await world.as('voznesensky').get('/profile/sign-ins')
    expect(first.body.entries).toHaveLength(50)
    const second = await world.as('voznesensky').get(`/profile/sign-ins?before=${first.body.next}`)
    expect(second.body.entries.length).toBeGreaterThan(10)
    expect(second.body.next).toBeNull()
  })
})
