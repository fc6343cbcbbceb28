/** A row that the next version of a form calls otherwise: the period before is compared under its new name. */
import { beforeAll, expect, it } from 'vitest'
import { newReport } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const yaml = `code: rn
cipher: РН
name: Переименования
sections:
  - code: 1
    columns: [{code: 3, name: всего, cell: open N(5)}, {code: 4, name: из них, cell: open N(5)}]
    rows: [{code: 101, name: первая}, {code: 103, name: вторая}]
`
const later = `code: rn
cipher: РН
name: Переименования
renamed: {1/101: 2/201, 1/103/4: 2/203/3}
sections:
  - code: 2
    columns: [{code: 3, name: всего, cell: open N(5)}, {code: 4, name: из них, cell: open N(5)}]
    rows: [{code: 201, name: первая}, {code: 203, name: вторая}]
    controls:
      - {id: 1, name: не убывает, rule: "{[2][201,203][3]}|>=|{{[2][201,203][3]}}"}
      - {id: 2, name: как в 85-К, rule: "{[2][201][3]}|<=|{НЕТ-1:[1][101][3]}"}
`

it('reaches the changed form, its checks and its comparison', async () => {
  const operator = world.as('orlova')
  const clerk = world.as('dobronravova')
  const first = (await operator.post('/forms', { yaml })).body.form.versionId
  const before = await newReport(world, { versionId: first, name: 'Ромашка', year: 2025 })
  const cells = { '1/101/3': '9', '1/101/4': '2', '1/103/3': '70', '1/103/4': '7' }
  expect((await clerk.patch(`/reports/${before}/cells`, { changes: cells })).status).toBe(200)

  const other = yaml.replace('code: rn', 'code: nt').replace('cipher: РН', 'cipher: НЕТ-1')
  expect((await operator.post('/forms', { yaml: other })).status).toBe(201)
  const second = await operator.post('/forms', { yaml: later })
  expect(second.status).toBe(201)
  const now = await newReport(world, { versionId: second.body.form.versionId, name: 'Ромашка', year: 2026 })
  await clerk.patch(`/reports/${now}/cells`, { changes: { '2/201/3': '8', '2/203/3': '6' } })

  const { problems, waiting } = (await clerk.put(`/reports/${now}/check`, {})).body
  expect(problems).toMatchObject([
    {
      cells: ['2/201/3'],
      left: '8',
      right: '9',
      sides: { right: { cells: [{ address: '2/201/3', previous: true }] } },
    },
    { cells: ['2/203/3'], left: '6', right: '7' },
  ])
  expect(waiting).toEqual([{ control: '2', name: 'как в 85-К', missing: [{ form: 'НЕТ-1', previous: false }] }])
  expect((await world.page('dobronravova').get(`/reports/${now}`)).html).toContain('Ещё не выполнялись')

  const { differences } = (await operator.get('/forms/rn/comparison')).body
  expect(differences).toContainEqual({ kind: 'extension', place: 'Переименование 1/101', before: null, after: '2/201' })
})
