/** Organisations that come into the registry while a campaign is open. */
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { joinCampaigns } from './campaigns.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const organisation = {
  parentId: null,
  level: 'institution',
  kind: 'preschool',
  legalForm: 'municipal',
  shortName: 'МБДОУ «Детский сад № 30 „Ивушка“»',
  fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 30 „Ивушка“»',
  inn: '0014001300',
  ogrn: '1020000001306',
  regionCode: '00',
  address: '639110, Светлореченская область, г. Верхнеозёрск, ул. Ивовая, д. 30',
}
const add = async (changes: object = {}): Promise<string> => {
  const reply = await world.as('orlova').post('/organisations', { ...organisation, ...changes })
  expect(reply.status).toBe(201)
  await world.settle()
  return reply.body.id
}
const reportsOf = async (id: string) => {
  const reports = world.db.selectFrom('reports').innerJoin('campaigns', 'campaigns.id', 'reports.campaign_id')
  return (await reports.select(['reports.id', 'year']).where('organisation_id', '=', id).execute()).map(
    ({ year }) => year,
  )
}

describe('an organisation that is added', () => {
  it('costs as few statements among many as alone', async () => {
    const ids = (await world.db.selectFrom('organisations').select('id').execute()).map(({ id }) => id)
    const alone = await countedQueries(() => transaction(world, (tx) => joinCampaigns(tx, ids.slice(0, 1))))
    const many = await countedQueries(() => transaction(world, (tx) => joinCampaigns(tx, ids)))
    expect(ids.length).toBeGreaterThan(5)
    expect(many.statements.length).toBe(alone.statements.length)
  })

  it('gets a report in each campaign of its kind that is open, its title page filled in, once', async () => {
    const id = await add()
    // The stand's campaign for 2025 is over.
    expect(await reportsOf(id)).toEqual([2026, 2026, 2026])
    await transaction(world, (tx) => joinCampaigns(tx, [id]))
    expect(await reportsOf(id)).toHaveLength(3)
    const { body } = await world.as('orlova').get('/reports?q=Ивушка')
    const cells = await world.as('orlova').get(`/reports/${body.reports[0].id}/cells`)
    expect(cells.body.values).toMatchObject({ 'title/name': organisation.fullName })
  })

  it('gets none for another kind, and gets them when the kind is mended', async () => {
    const id = await add({ inn: '0014001318', kind: 'school', shortName: 'Школа № 31' })
    expect(await reportsOf(id)).toEqual([])
    await world
      .as('orlova')
      .patch(`/organisations/${id}`, { version: 1, kind: 'preschool', reason: 'Тип указан неверно' })
    await world.settle()
    expect(await reportsOf(id)).toEqual([2026, 2026, 2026])
  })
})
