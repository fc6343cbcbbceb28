import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standAccounts, standPassword } from '../../../seeds/stand.people.ts'
import { tellOfNewDevices } from './new-device.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const clerk = standAccounts.find(({ key }) => key === 'dobronravova')?.login ?? ''
const windows = 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0'
const telephone = 'Mozilla/5.0 (Linux; Android 15) YaBrowser/26.1'

async function comeInFrom(userAgent: string): Promise<number> {
  const headers = { 'user-agent': userAgent, 'content-type': 'application/json' }
  const body = JSON.stringify({ login: clerk, password: standPassword })
  expect((await world.visitor().fetch('/api/v1/session', { method: 'POST', headers, body })).status).toBe(201)
  await Promise.all([tellOfNewDevices(world.db), tellOfNewDevices(world.db)])
  await world.settle()
  return (await world.lettersTo(clerk)).filter(({ subject }) => subject === 'Вход с нового устройства').length
}

describe('a sign-in', () => {
  it('that is the first of all, or from a known browser, is told to nobody', async () => {
    expect(await comeInFrom(windows)).toBe(0)
    expect(await comeInFrom(windows)).toBe(0)
  })

  it('from a browser never used before is told once, by letter', async () => {
    expect(await comeInFrom(telephone)).toBe(1)
    expect(await comeInFrom(telephone)).toBe(1)
    const letter = (await world.lettersTo(clerk)).at(-1)
    expect(letter?.text).toContain('Яндекс Браузер, Android')
    expect(letter?.links).toEqual(['http://localhost/profile'])
  })
})
