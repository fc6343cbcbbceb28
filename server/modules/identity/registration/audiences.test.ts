/** Registration as the rule of each audience asks for it. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Audience, type AudienceRule, firstRules } from '../../../../contracts/audiences.ts'
import { activated, lastLetterTo, newcomer, signIn, tokenTo, wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { openAccount } from '../accounts/accounts.ts'
import { decideApproval } from './approval.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const hold = (audience: Audience, changes: Partial<AudienceRule>) =>
  world.db
    .insertInto('audience_rules')
    .values({ audience, rule: JSON.stringify({ ...firstRules[audience], ...changes }) })
    .onConflict((conflict) =>
      conflict.column('audience').doUpdateSet({ rule: JSON.stringify({ ...firstRules[audience], ...changes }) }),
    )
    .execute()
afterEach(async () => {
  await world.db.deleteFrom('audience_rules').execute()
})

let doctors = 0
/** A new doctor with a telephone of her own. */
const doctor = (changes: Record<string, unknown> = {}) => {
  doctors += 1
  return newcomer({
    audience: 'specialist',
    position: undefined,
    userName: undefined,
    email: `vrach${doctors}@gmail.com`,
    phone: `+7900555${String(doctors).padStart(4, '0')}`,
    inn: '500100732259',
    ...changes,
  }) as ReturnType<typeof newcomer> & { phone: string; inn: string } // as: with the fields given above
}
const register = (person: unknown) => world.visitor().post('/registrations', person)
const smsTo = async (phone: string) => {
  await world.settle()
  return (await world.lettersTo(phone)).map(({ text }) => /\d{6}/.exec(text)?.[0] ?? '')
}

describe('a specialist', () => {
  it('N1 registers with ИНН and telephone, and confirms by a code from an SMS', async () => {
    const person = doctor()
    const { status, body } = await register(person)
    expect({ status, confirmBy: body.confirmBy }).toEqual({ status: 202, confirmBy: 'sms' })
    const [code] = await smsTo(person.phone)
    expect(await world.visitor().put('/registration-codes', { ticket: body.ticket, code: '000000' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'code' }] },
    })
    expect(await world.visitor().put('/registration-codes', { ticket: body.ticket, code })).toMatchObject({
      status: 204,
    })
    expect(await world.visitor().put('/registration-codes', { ticket: body.ticket, code })).toMatchObject({
      status: 409,
    })
    expect(await signIn(world, person.phone, person.password)).toMatchObject({ status: 201, body: { stage: 'full' } })
  })

  it('N1 may confirm by the link of a letter instead', async () => {
    const person = doctor({ confirmBy: 'email' })
    expect((await register(person)).body).toMatchObject({ confirmBy: 'email' })
    const token = await tokenTo(world, person.email)
    expect(await world.visitor().put('/activations', { token })).toMatchObject({ status: 204 })
    expect(await signIn(world, person.email, person.password)).toMatchObject({ status: 201 })
  })

  it('N1 tells all that is missing or misspelt in its field', async () => {
    const { body } = await register(doctor({ inn: '500100732258' }))
    expect(body.errors).toMatchObject([{ field: 'inn', text: expect.stringContaining('Контрольная цифра') }])
    const missing = await register(doctor({ inn: undefined, phone: undefined }))
    expect(missing.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['inn', 'phone'])
  })

  it('whose telephone or e-mail is another’s gets the same answer, no code, and its owner a letter', async () => {
    const owner = doctor()
    const first = await register(owner)
    const [code] = await smsTo(owner.phone)
    await world.visitor().put('/registration-codes', { ticket: first.body.ticket, code })
    const staff = await activated(world)
    for (const stranger of [doctor({ phone: owner.phone }), doctor({ email: staff.email })]) {
      const reply = await register(stranger)
      expect(reply.status).toBe(first.status)
      expect(Object.keys(reply.body)).toEqual(Object.keys(first.body))
      expect(await smsTo(stranger.phone)).toEqual(stranger.phone === owner.phone ? [code] : [])
      expect(
        await world.visitor().put('/registration-codes', { ticket: reply.body.ticket, code: '123456' }),
      ).toMatchObject({ status: 422 })
    }
    expect((await lastLetterTo(world, staff.email)).subject).toContain('уже есть учётная запись')
  })

  it('is asked for what the rule says, and nothing else is kept', async () => {
    await hold('specialist', { fields: ['snils'], confirmation: 'email' })
    const { status } = await register(doctor({ snils: '112-233-445 95', inn: '500100732259' }))
    expect(status).toBe(202)
    const row = await world.db
      .selectFrom('accounts')
      .select(['inn', 'snils', 'phone'])
      .where('email', '=', `vrach${doctors}@gmail.com`)
      .executeTakeFirst()
    expect(row).toEqual({ inn: null, snils: '11223344595', phone: null })
  })
})

describe('staff', () => {
  it.each(['gmail.com', 'MAIL.ru', 'ya.ru', 'sub.rambler.ru', 'ｇmail.com'])(
    'S2 are refused with a mailbox at %s, and told what to do',
    async (domain) => {
      const reply = await register(newcomer({ email: `kto-to@${domain}` }))
      expect(reply.status).toBe(422)
      const [problem] = reply.body.errors
      expect(problem).toMatchObject({ field: 'email' })
      expect(problem.text).toContain('бесплатная почта')
      expect(problem.text).toContain('техническую поддержку')
    },
  )

  it('S2 of an installation that lists its domains register from those and their subdomains only', async () => {
    await hold('staff', { mailDomains: 'listed', listedDomains: ['svetlorechye.example'] })
    const refused = await register(newcomer())
    expect(refused.body.errors[0].text).toContain('@svetlorechye.example')
    expect(await register(newcomer({ email: 'a@zdrav.svetlorechye.example' }))).toMatchObject({ status: 202 })
    expect(await register(newcomer({ email: 'a@nesvetlorechye.example' }))).toMatchObject({ status: 422 })
  })

  it('cannot come in through an account that an operator opens with such a mailbox', async () => {
    const open = (email: string) =>
      transaction({ db: world.db }, (tx) =>
        openAccount(
          tx,
          { requestId: 'test' },
          {
            surname: 'Ключевская',
            name: 'Варвара',
            email,
            emailConfirmed: false,
            passwordHash: null,
            regionCode: '99',
          },
          { baseUrl: 'http://localhost' },
        ),
      )
    await expect(open('kto-to@bk.ru')).rejects.toMatchObject({ code: 'mail-domain-free', status: 422 })
    await open('otkryta@verhneozersk.example')
    expect((await lastLetterTo(world, 'otkryta@verhneozersk.example')).links[0]).toContain('/activation?token=')
  })
})

describe('the choice of who one is', () => {
  it('S1 shows the audiences that register, and how the others come in', async () => {
    const page = await world.page().get('/registration')
    for (const link of ['/registration/staff', '/registration/specialist'])
      expect(page.html).toContain(`href="${link}"`)
    expect(page.html).not.toContain('href="/registration/citizen"')
    expect(wordsOf(page)).toContain('через Госуслуги')
    expect(await world.page().get('/registration/citizen')).toMatchObject({ status: 404 })
    expect(await register(newcomer({ audience: 'support' }))).toMatchObject({ status: 403 })
  })

  it('is passed over when one audience alone registers', async () => {
    await hold('specialist', { registration: 'closed' })
    expect((await world.page().get('/registration')).html).toContain('action="/registration/staff"')
  })
})

describe('a registration that an operator approves', () => {
  const waiting = async () => {
    await hold('staff', { registration: 'approved' })
    const person = await activated(world)
    const { id } = await world.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', person.email)
      .executeTakeFirstOrThrow()
    return { person, id }
  }
  const decide = (id: string, decision: Parameters<typeof decideApproval>[3]) =>
    transaction({ db: world.db }, (tx) => decideApproval(tx, { requestId: 'test' }, id, decision, 'http://localhost'))

  it('waits, comes in once approved, and is told by letter', async () => {
    const { person, id } = await waiting()
    expect(await signIn(world, person.email, person.password)).toMatchObject({
      status: 403,
      body: { code: 'account-waits' },
    })
    await decide(id, { outcome: 'approved' })
    expect((await lastLetterTo(world, person.email)).subject).toBe('Учётная запись одобрена')
    expect(await signIn(world, person.email, person.password)).toMatchObject({ status: 201 })
    await expect(decide(id, { outcome: 'approved' })).rejects.toMatchObject({ code: 'approval-decided' })
  })

  it('is refused with a reason, and may come anew with the same address', async () => {
    const { person, id } = await waiting()
    const both = await Promise.allSettled([
      decide(id, { outcome: 'refused', reason: 'Нет такой организации' }),
      decide(id, { outcome: 'refused', reason: 'Нет такой организации' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await lastLetterTo(world, person.email)).text).toContain('Нет такой организации')
    expect(await signIn(world, person.email, person.password)).toMatchObject({
      status: 403,
      body: { code: 'account-refused' },
    })
    await activated(world, { email: person.email, password: 'Novaya-Reka-8' })
    const rows = await world.db.selectFrom('accounts').select('id').where('email', '=', person.email).execute()
    expect(rows).toHaveLength(1)
  })
})
