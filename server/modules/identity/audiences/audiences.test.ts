import { beforeAll, describe, expect, it } from 'vitest'
import { type AudienceRule, firstRules } from '../../../../contracts/audiences.ts'
import { activated, signIn, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standAccounts } from '../../../seeds/stand.people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

type Changes = Partial<Omit<AudienceRule, 'doors'>> & { doors?: Partial<AudienceRule['doors']> }
const changed = (audience: keyof typeof firstRules, { doors, ...rest }: Changes): AudienceRule => ({
  ...firstRules[audience],
  ...rest,
  doors: { ...firstRules[audience].doors, ...doors },
})
const administrator = () => world.as('orlova')
const preview = async (audience: keyof typeof firstRules, changes: Changes) => {
  const { body } = await administrator().post(`/audiences/${audience}/previews`, { rule: changed(audience, changes) })
  return {
    refusal: body.refusal,
    of: (effect: string) => body.effects.find((each: { effect: string }) => each.effect === effect),
  }
}

describe('the preview of a rule', () => {
  const staff = standAccounts.filter(({ audience = 'staff' }) => audience === 'staff')
  const everyone = staff.length
  const within = (domain: string) => staff.filter(({ login }) => login.endsWith(`@${domain}`)).length

  it('counts who would be left without a way in, and names the first of them', async () => {
    const { of } = await preview('staff', { doors: { password: false, esia: 'yes' }, registration: 'closed' })
    expect(of('no-door')).toMatchObject({ count: everyone, text: expect.stringContaining('ни одного способа') })
    expect(of('no-door').first).toHaveLength(5)
    expect(of('door-password')).toMatchObject({ count: everyone })
  })

  it('counts who would be asked for contacts, identification and a second factor', async () => {
    const { of } = await preview('staff', {
      confirmation: 'sms',
      fields: ['position', 'phone'],
      identification: 'inn-or-snils',
      secondFactor: 'demanded',
    })
    expect(of('contacts').count).toBe(everyone)
    expect(of('identification').count).toBe(everyone)
    expect(of('second-factor').count).toBeGreaterThan(0)
  })

  it('counts addresses in domains that would no longer do, with subdomains of those that do', async () => {
    const { of } = await preview('staff', { mailDomains: 'listed', listedDomains: ['verhneozersk.example'] })
    expect(of('mail-domain').count).toBe(everyone - within('verhneozersk.example'))
    const whole = await preview('staff', { mailDomains: 'listed', listedDomains: ['kabinet.example'] })
    expect(whole.of('mail-domain').count).toBe(everyone - within('kabinet.example'))
  })

  it('counts those who share an organisation that would have one account', async () => {
    const { of } = await preview('staff', { seat: true })
    expect(of('seat').count).toBe(2)
  })

  it('says before saving that administrators would be locked out', async () => {
    const { refusal } = await preview('staff', { doors: { password: false, esia: 'yes' }, registration: 'closed' })
    expect(refusal).toContain('ни один администратор больше не сможет войти')
  })
})

describe('a change of a rule', () => {
  it('holds from then on, and stands in the history with what was before', async () => {
    const rule = changed('specialist', { identification: 'none' })
    const reply = await administrator().put('/audiences/specialist', { rule, version: 0 })
    expect(reply).toMatchObject({ status: 200, body: { version: 1, rule: { identification: 'none' } } })
    const { body } = await administrator().get('/audiences/specialist/history')
    expect(body[0]).toMatchObject({
      version: 1,
      by: 'Орлова-Чернышевская Маргарита Станиславовна',
      changes: [{ name: 'При первом входе спрашивают', before: 'ИНН или СНИЛС', after: 'ничего' }],
    })
  })

  it('of a rule that another has changed meanwhile is refused', async () => {
    const rule = changed('company', { identification: 'inn-or-snils' })
    const both = await Promise.all([1, 2].map(() => administrator().put('/audiences/company', { rule, version: 0 })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await administrator().put('/audiences/company', { rule, version: 7 })).toMatchObject({ status: 409 })
  })

  it.each([
    ['no door at all', changed('citizen', { doors: { esia: 'no' } }), 'rule.doors.password'],
    ['a passkey alone', changed('citizen', { doors: { esia: 'tied', passkey: true } }), 'rule.doors.password'],
    ['a registration without passwords', changed('citizen', { registration: 'open' }), 'rule.registration'],
    ['a code to a telephone nobody asks for', changed('staff', { confirmation: 'sms' }), 'rule.confirmation'],
    ['a list of no domains', changed('staff', { mailDomains: 'listed' }), 'rule.listedDomains'],
  ])('to %s is refused', async (_, rule, field) => {
    const reply = await administrator().put('/audiences/citizen', { rule, version: 0 })
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field }] } })
  })

  it('that locks every administrator out is refused, and nothing of it stays', async () => {
    const rule = changed('staff', { doors: { password: false }, registration: 'closed' })
    const reply = await administrator().put('/audiences/staff', { rule, version: 0 })
    expect(reply).toMatchObject({ status: 409, body: { code: 'locks-administrators-out' } })
    expect((await administrator().get('/audiences/staff')).body).toMatchObject({ version: 0 })
  })

  it('is for administrators only', async () => {
    for (const person of ['tihomirov', 'voznesensky', 'dobronravova', 'auditor'])
      expect(await world.as(person).get('/audiences')).toMatchObject({ status: 403 })
  })
})

describe('the pages', () => {
  const address = '/access/audiences/support/edit'
  const form = {
    doorPassword: 'on',
    doorPasskey: 'on',
    doorDomain: 'on',
    doorEsia: 'no',
    registration: 'closed',
    mailDomains: 'not-free',
    listedDomains: '',
    confirmation: 'email',
    unconfirmed: 'refused',
    identification: 'none',
    secondFactor: 'demanded',
    passwordProfile: 'long',
    version: '0',
  }

  it('show whom a change meets before it is saved, let it be mended, and save it', async () => {
    const page = world.page('orlova')
    const shown = await page.submit(address, { ...form, step: 'preview' })
    expect(wordsOf(shown)).toContain('Ещё ничего не сохранено')
    expect(wordsOf(shown)).toContain('от 15 знаков')
    expect(await page.get('/access/audiences/support')).toMatchObject({ status: 200 })
    expect((await administrator().get('/audiences/support')).body).toMatchObject({ version: 0 })
    const again = await page.submit(address, { ...form, step: 'edit' })
    expect(again.html).toContain('value="long" checked')
    expect(await page.submit(address, { ...form, step: 'save' })).toMatchObject({
      status: 303,
      location: '/access/audiences/support',
    })
    expect(wordsOf(await page.get('/access/audiences/support'))).toContain('Пароль : было «от 8 знаков')
  })

  it('say what is wrong in its field and keep the rest', async () => {
    const wrong = { ...form, mailDomains: 'listed', listedDomains: 'не домен', step: 'preview' }
    const refused = await world.page('orlova').submit(address, wrong)
    expect(refused.status).toBe(422)
    expect(wordsOf(refused)).toContain('Домен пишут так')
    expect(refused.html).toContain('не домен')
  })

  it('lead to every part of the section', async () => {
    const { html } = await world.page('orlova').get('/access')
    for (const part of ['/access/audiences', '/access/second-factor', '/access/free-mail']) expect(html).toContain(part)
  })
})

describe('free mail services', () => {
  it('come with the program, can be added and removed, and what was removed does not come back', async () => {
    const { loadFreeMailDomains } = await import('./free-mail.ts')
    const list = async () => (await administrator().get('/free-mail-domains')).body as string[]
    expect((await list()).length).toBeGreaterThan(100)
    for (const domain of ['gmail.com', 'mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'ya.ru', 'rambler.ru', 'outlook.com'])
      expect(await list()).toContain(domain)
    expect(await administrator().delete('/free-mail-domains/bk.ru')).toMatchObject({ status: 204 })
    await world.db.deleteFrom('free_mail_domains').where('domain', '=', 'list.ru').execute()
    await loadFreeMailDomains(world.db)
    expect(await list()).not.toContain('bk.ru')
    expect(await list()).toContain('list.ru')
    expect(await administrator().post('/free-mail-domains', { domain: 'BK.ru' })).toMatchObject({ status: 204 })
    expect(await administrator().post('/free-mail-domains', { domain: 'bk.ru' })).toMatchObject({ status: 409 })
    expect(await administrator().delete('/free-mail-domains/net-takogo.example')).toMatchObject({ status: 404 })
  })

  it('whose file cannot be read are told line by line', async () => {
    const { domainsOf, WrongDomains } = await import('./free-mail.ts')
    expect(domainsOf('# words\n\nGmail.com\r\ngmail.com\n')).toEqual(['gmail.com'])
    expect(() => domainsOf('gmail.com\nне домен\n@mail.ru')).toThrow(WrongDomains)
    expect(() => domainsOf('не домен')).toThrow('строка 1')
  })
})

it('someone with an account comes in as before while another rule changes', async () => {
  const { email, password } = await activated(world)
  expect(await signIn(world, email, password)).toMatchObject({ status: 201 })
})
