import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const cabinetOf = async (person: string) => {
  const { html } = await world.page(person).get('/cabinet')
  return html.slice(html.indexOf('<main')).replaceAll('\u00a0', ' ')
}

describe('E5: the cabinet', () => {
  it('has the blocks of the manual, and the ways to change the profile and to sign out', async () => {
    const html = await cabinetOf('dobronravova')
    for (const words of [
      'Личный кабинет пользователя',
      'Мои сообщения',
      'Мои организации',
      'Мой профиль',
      'Мои заявки',
    ])
      expect(html).toContain(words)
    expect(html).toMatch(/<a[^>]*href="\/profile\/edit"[^>]*>Изменить/)
    expect(html).toMatch(/action="\/sign-out"/)
    expect(html).toContain('Детский сад комбинированного вида № 14')
    expect(html.replaceAll(/<[^>]+>/g, '')).toContain('ответственный в организации · с 01.09.2024')
  })

  it('offers a new person the one thing to do', async () => {
    const html = await cabinetOf('preobrazhenskaya')
    expect(html).toMatch(/class="btn btn-main" href="\/applications\/new\/attachment"/)
    expect(html).toContain('Вы ещё не прикреплены')
  })

  it('shows a supervisor what waits for its decision', async () => {
    expect(await cabinetOf('voznesensky')).toContain('Заявки ждут вашего решения')
    expect(await cabinetOf('dobronravova')).not.toContain('Заявки ждут вашего решения')
  })

  it('is for those who are signed in', async () =>
    expect(await world.page().get('/cabinet')).toMatchObject({ status: 303, location: '/sign-in?next=%2Fcabinet' }))
})
