import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PersonalDataForm } from '../../../../contracts/personal-data.ts'
import { wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standAccounts } from '../../../seeds/stand.people.ts'
import { checkWaiting } from './checking.ts'
import { configureRegistry, type RegistryInUse, registryInUse } from './registry-check.ts'

let world: World
let standRegistry: RegistryInUse | undefined
beforeAll(async () => {
  world = await openWorld()
  standRegistry = registryInUse()
})
beforeEach(() => configureRegistry(standRegistry))

const email = standAccounts.find(({ key }) => key === 'dobronravova')?.login ?? ''
const data = {
  birthDate: '18.03.1985',
  birthPlace: 'гор. Верхнеозёрск Светлореченской области',
  series: '45 08',
  number: '123456',
  issuedOn: '02.04.2005',
  issuedBy: 'Отделом внутренних дел города Верхнеозёрска',
  divisionCode: '770001',
  registrationAddress: 'Светлореченская область, г. Верхнеозёрск, ул. Заречная, д. 7, кв. 12',
  actualAddress: null,
}
const save = async (changes: Record<string, unknown> = {}) => {
  const { body } = await world.as('dobronravova').get('/profile/personal-data')
  return world.as('dobronravova').put('/profile/personal-data', { ...data, version: body.version, ...changes })
}
const view = async () => (await world.as('dobronravova').get('/profile/personal-data')).body

describe('personal data', () => {
  it('are sealed in the database, masked on the page and whole in the owner’s form', async () => {
    expect((await view()).data).toBeNull()
    const saved = await save()
    expect(saved).toMatchObject({
      status: 200,
      body: { data: { birthDate: '1985-03-18', passport: '•• •• •••456', divisionCode: '770-001' } },
    })
    expect(JSON.stringify(saved.body)).not.toContain('123456')
    const { rows } = await sql<{
      text: string
    }>`select encode(sealed_data, 'escape') as text from personal_data`.execute(world.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.text).not.toContain('123456')
    const page = wordsOf(await world.page('dobronravova').get('/profile/personal-data'))
    expect(page).toContain('•••456')
    expect(page).not.toContain('123456')
    expect((await world.page('dobronravova').get('/profile/personal-data/edit')).html).toContain('value="123456"')
  })

  it('are written over by nobody who has not seen the newest', async () => {
    const { version } = await view()
    expect(await save({ version: version - 1 })).toMatchObject({ status: 409, body: { code: 'stale-version' } })
    const [one, other] = await Promise.all([save({ version }), save({ version })])
    expect([one.status, other.status].sort()).toEqual([200, 409])
  })

  it('are another’s to nobody, and no word of them stands in the journal', async () => {
    expect((await world.as('orlova').get('/profile/personal-data')).body.data).toBeNull()
    const { rows } = await sql<{ body: string }>`
      select body from journal where action like 'personal-data.%'`.execute(world.db)
    expect(rows.length).toBeGreaterThan(0)
    for (const { body } of rows) expect(body).not.toMatch(/123456|Верхнеозёрск/)
  })
})

it('personal data sent under a key leave no copy among the kept answers', async () => {
  const { version } = await view()
  const client = world.as('dobronravova')
  const body = { ...data, birthPlace: 'посёлок Ключи', version }
  const first = await client.put('/profile/personal-data', body, { 'idempotency-key': 'one' })
  const again = await client.put('/profile/personal-data', body, { 'idempotency-key': 'one' })
  expect([first.status, again.status]).toEqual([200, 303])
  const { rows } = await sql`select 1 from idempotency_keys where body like '%Ключи%'`.execute(world.db)
  expect(rows).toEqual([])
})

describe('what is wrong', () => {
  const form = { ...data, actualAddress: '', sameAddress: 'on', version: '0' }
  const problemsOf = (changes: Record<string, string | undefined>) => {
    const { error } = PersonalDataForm.safeParse({ ...form, ...changes })
    return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]))
  }
  const years = (ago: number) => `01.02.${new Date().getFullYear() - ago}`

  it.each([
    ['birthDate', '31.02.1985', /нет в календаре/],
    ['birthDate', '18.03.85', /из четырёх цифр/],
    ['birthDate', 'весной', /ДД\.ММ\.ГГГГ/],
    ['birthDate', years(-2), /ещё не наступила/],
    ['birthDate', '01.02.1850', /раньше 1900/],
    ['issuedOn', years(-2), /ещё не наступила/],
    ['issuedOn', '17.03.1999', /меньше 14 лет/],
    ['series', '450', /Цифр 3, а нужно 4/],
    ['number', '12345О', /только цифры/],
    ['divisionCode', '', /Введите код подразделения/],
    ['issuedBy', '770-001', /словами/],
  ])('in %s «%s» is told exactly', (field, typed, told) => {
    expect(problemsOf({ [field]: typed })).toEqual({ [field]: expect.stringMatching(told) })
  })

  it('is told at once, also when the dates only disagree and the address is missing', () => {
    const problems = problemsOf({ number: '', issuedOn: '17.03.1999', sameAddress: undefined })
    expect(Object.keys(problems).sort()).toEqual(['actualAddress', 'issuedOn', 'number'])
  })

  it('is not a passport given on the fourteenth birthday', () => {
    expect(problemsOf({ issuedOn: '18.03.1999' })).toEqual({})
  })
})

describe('the registry', () => {
  it('accepts by letter', async () => {
    expect((await save({ number: '222222' })).body.check.state).toBe('checking')
    await world.settle()
    expect((await view()).check).toMatchObject({ state: 'accepted', reasons: [], checkedAt: expect.any(String) })
    expect((await world.lettersTo(email)).at(-1)?.subject).toBe('Персональные данные проверены')
  })

  it('refuses with every reason, and accepts what was mended', async () => {
    await save({ number: '000000', birthDate: '01.01.1985' })
    await world.settle()
    const reasons = ['Паспорт с такими реквизитами не найден', 'Дата рождения не совпадает с данными реестра']
    expect((await view()).check).toMatchObject({ state: 'refused', reasons })
    expect((await world.lettersTo(email)).at(-1)?.text).toContain(reasons[1])
    expect(wordsOf(await world.page('dobronravova').get('/profile/personal-data'))).toContain(reasons[0])
    expect((await save()).body.check).toMatchObject({ state: 'checking', reasons: [] })
    await world.settle()
    expect((await view()).check.state).toBe('accepted')
  })

  it('that is down leaves the data being checked, says so, and is asked again', async () => {
    const inUse = registryInUse()
    if (!inUse) throw new Error('The stand has no registry')
    let asked = 0
    const answers: RegistryInUse['registry'] = {
      check: async (person) => {
        asked += 1
        if (asked < 3) throw new Error('down')
        return inUse.registry.check(person)
      },
    }
    configureRegistry({ ...inUse, registry: answers })
    await save({ number: '333333' })
    await world.settle()
    expect((await view()).check).toMatchObject({ state: 'checking', waitsForRegistry: true })
    expect(wordsOf(await world.page('dobronravova').get('/profile/personal-data'))).toContain('не отвечает')
    await checkWaiting(world.db)
    expect(asked).toBe(1)
    for (let look = 0; look < 3; look += 1) {
      await sql`update personal_data set next_check_at = now()`.execute(world.db)
      await checkWaiting(world.db)
    }
    expect(asked).toBe(3)
    expect((await view()).check).toMatchObject({ state: 'accepted', waitsForRegistry: false })
  })

  it('that is not connected is said plainly; connected later, it looks at what was written before', async () => {
    configureRegistry(undefined)
    expect((await save({ number: '444444' })).body.check.state).toBe('not-checked')
    expect(wordsOf(await world.page('dobronravova').get('/profile/personal-data'))).toContain('реестр не подключён')
    await checkWaiting(world.db)
    configureRegistry(standRegistry)
    await sql`update personal_data set next_check_at = now()`.execute(world.db)
    await checkWaiting(world.db)
    expect((await view()).check.state).toBe('accepted')
  })

  it('says on the stand by which rules it answers', async () => {
    expect(wordsOf(await world.page().get('/_stand/registry'))).toContain('Номер паспорта 000000')
  })
})
