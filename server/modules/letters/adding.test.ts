/** Letters that ask to add an organisation, from the letter kept to the organisation in the registry. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { fileStore } from '../../kernel/files/index.ts'
import { keepLetter } from './keeping.ts'

const folder = join(import.meta.dirname, '../../../test/letters')
const rawOf = (slug: string) => {
  const name = readdirSync(folder).find((file) => file.endsWith(`-${slug}.eml`))
  return readFileSync(join(folder, name ?? slug))
}
const board = 'Управление образования администрации Верхнеозёрского муниципального района'

let world: World
const directory = mkdtempSync(join(tmpdir(), 'kabinet-letters-'))
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const keep = async (slug: string): Promise<string> => {
  const arrival = { raw: rawOf(slug), mailbox: 'test', uidValidity: null, uid: null, regionCode: null, own: [] }
  return (await keepLetter({ db: world.db, files: fileStore(directory) }, arrival)).id
}
const operator = () => world.as('tihomirov')

/** As the page would send it: what was understood, with what the operator has completed. */
async function enteringOf(id: string, outcome: 'granting' | 'submission', completed: Record<string, unknown> = {}) {
  const { body } = await operator().get(`/letters/${id}`)
  const { contact, ...details } = body.understanding.adding.details
  return {
    applicantName: contact ?? 'Проводова Инга Павловна',
    applicantEmail: body.sender,
    outcome,
    form: { regionCode: '00', ...details, ...completed },
  }
}

const registered = (inn: string) =>
  world.db.selectFrom('organisations').select(['id', 'short_name', 'parent_id']).where('inn', '=', inn).execute()

describe('a letter that asks to add an organisation', () => {
  it('is granted in one step: the organisation stands in the registry, its sender is answered', async () => {
    const id = await keep('adding-kindergarten-by-list')
    const reply = await operator().put(
      `/letters/${id}/application`,
      await enteringOf(id, 'granting', { higher: board }),
    )
    expect(reply).toMatchObject({
      status: 200,
      body: { state: 'entered', application: { number: expect.any(String) } },
    })
    expect(await registered('0014005714')).toMatchObject([{ short_name: 'МБДОУ «Детский сад № 31 „Рябинка“»' }])
    await world.settle()
    const letters = await world.lettersTo('zavedushchaya@ryabinka.svetlorechye.example')
    expect(letters.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('подана по вашему письму'),
        expect.stringContaining('исполнена'),
      ]),
    )
    const again = await operator().put(`/letters/${id}/refusal`, { reason: 'поздно' })
    expect(again).toMatchObject({ status: 409, body: { code: 'letters.decided' } })
  })

  it('changes nothing when a field is wrong', async () => {
    const id = await keep('adding-branch-values-below')
    const reply = await operator().put(`/letters/${id}/application`, await enteringOf(id, 'granting'))
    expect(reply.status).toBe(422)
    expect(JSON.stringify(reply.body)).toContain('headName')
    expect((await operator().get(`/letters/${id}`)).body).toMatchObject({ state: 'waiting', application: null })
  })

  it('whose sender is not known waits until the sender has confirmed its address', async () => {
    const id = await keep('adding-private-with-misprint')
    const completed = {
      shortName: 'ЧДОУ «Светлячок»',
      inn: '0014005746',
      okpo: '04105747',
      okved: '85.11',
      email: 'svetlyachok@sad.example',
      headName: 'Огонькова Зоя Львовна',
      headPosition: 'директор',
      legalStanding: 'autonomous',
    }
    const atOnce = await operator().put(`/letters/${id}/application`, await enteringOf(id, 'granting', completed))
    expect(atOnce.status).toBe(422)
    expect(JSON.stringify(atOnce.body)).toContain('applicantEmail')
    const reply = await operator().put(`/letters/${id}/application`, await enteringOf(id, 'submission', completed))
    expect(reply.status).toBe(200)
    await world.settle()
    const letters = await world.lettersTo('sad.svetlyachok@mail.ru')
    expect(letters.map(({ subject }) => subject)).toEqual(['Подтвердите заявку'])
    expect(await registered('0014005746')).toEqual([])
  })

  it('is decided once by two operators at once', async () => {
    const id = await keep('adding-by-word-table')
    const entering = await enteringOf(id, 'granting')
    const replies = await Promise.all([
      operator().put(`/letters/${id}/application`, entering),
      world.as('orlova').put(`/letters/${id}/application`, entering),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await registered('0014005739')).toHaveLength(1)
  })

  it('is refused with a reason that its sender reads', async () => {
    const id = await keep('adding-forwarded-by-the-board')
    await operator().put(`/letters/${id}/refusal`, { reason: 'Такой детский сад уже есть в реестре' })
    await world.settle()
    const [letter] = await world.lettersTo('priemnaya@uo.svetlorechye.example')
    expect(letter?.subject).toBe('Организацию не добавили в реестр')
    expect(letter?.text).toContain('Такой детский сад уже есть в реестре')
  })

  it('stands beside a draft with every field marked', async () => {
    const id = await keep('adding-school-in-windows-1251')
    const { html } = await world.page('tihomirov').get(`/letters/${id}`)
    expect(html).toContain('Черновик заявки: добавление организации')
    expect(html).toContain('0014005721')
    for (const mark of ['понято уверенно', 'понято неуверенно', 'в письме не найдено']) expect(html).toContain(mark)
  })
})
