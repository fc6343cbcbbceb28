import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { attachMember } from './organisations.ts'
import { createOrganisation } from './registry.ts'

let world: World
let accountId: string
let organisationId: string
beforeAll(async () => {
  world = await openWorld()
  const account = world.db.selectFrom('accounts').select('id').where('surname', '=', 'Преображенская')
  accountId = (await account.executeTakeFirstOrThrow()).id
  const organisation = world.db.selectFrom('organisations').select('id').where('short_name', 'like', '%Ромашка%')
  organisationId = (await organisation.executeTakeFirstOrThrow()).id
})

const actor = { requestId: 'test' }
const attach = (startsOn: string, endsOn: string | null) =>
  transaction(world, (tx) => attachMember(tx, actor, { accountId, organisationId, role: 'member', startsOn, endsOn }))

describe('attaching an account', () => {
  it('makes room by itself when the last day of the earlier attachment has passed', async () => {
    await attach('2020-01-01', '2020-12-31')
    await attach('2021-01-01', null)
    await expect(attach('2021-01-01', null)).rejects.toMatchObject({
      code: 'organisations.already-attached',
      status: 409,
    })
  })
})

describe('adding an organisation', () => {
  const division = {
    parentId: null,
    level: 'institution',
    shortName: 'МБДОУ «Детский сад № 14»',
    fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 14»',
    inn: '0014000040',
    ogrn: '1020000000046',
    okpo: null,
    regionCode: '00',
    kind: 'preschool',
    legalForm: 'municipal',
    legalStanding: null,
    settlement: null,
    okved: null,
    okvedAdditional: [] as string[],
    kpp: null,
    oktmo: null,
    address: 'с. Большое Старомельничное',
    phone: null,
    email: null,
    site: null,
    headName: null,
    headPosition: null,
  } as const

  it('is refused when another open one has the ИНН', async () =>
    expect(transaction(world, (tx) => createOrganisation(tx, actor, division))).rejects.toMatchObject({
      code: 'invalid-input',
      params: { fields: [{ field: 'inn', text: expect.stringContaining('Ромашка') }] },
    }))

  it('lets a division share the number of its legal person, and places it under it', async () => {
    const id = await transaction(world, (tx) =>
      createOrganisation(tx, actor, { ...division, level: 'division', parentId: organisationId }),
    )
    const { body } = await world.as('voznesensky').get(`/organisations/${id}`)
    expect(body).toMatchObject({ level: 'division', higher: { id: organisationId } })
  })
})
