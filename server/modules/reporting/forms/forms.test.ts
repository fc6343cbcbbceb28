import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { versionFor } from '../campaigns/versions.ts'
import { findFormByCode, listRenamed } from './forms.queries.ts'

const energy = readFileSync(new URL('../../../../reference/forms/1-energo.xml', import.meta.url), 'utf8')

const yaml = `# для проб
code: t-1
cipher: Т-1
name: Проба
sections:
  - code: 1
    name: Числа
    columns: [{code: 3, name: всего, cell: open N(5)}, {code: 4, cell: open N(5)}]
    rows: [{code: 101, name: первая}]
    controls:
      - {id: 1, name: не меньше, rule: "{[1][101][3]}|>=|{[1][101][4]}"}
`
let world: World
beforeAll(async () => {
  world = await openWorld()
})

const publish = (file: { xml?: string; yaml?: string }) => world.as('orlova').post('/forms', file)

it('a form is published from YAML, and its files give back what was published', async () => {
  expect((await publish({ yaml })).body).toMatchObject({ form: { code: 't-1', version: 1 }, warnings: [] })
  expect((await publish({ yaml })).status).toBe(409)
  expect((await publish({ yaml, xml: energy })).status).toBe(422)
  const page = world.page('orlova')
  expect((await page.get('/forms/t-1/1/form.yaml')).html).toBe(yaml)
  expect((await page.get('/forms/t-1/1/form.xml')).html).toContain('<metaForm code="t-1"')
  expect((await page.get('/forms/t-1')).html).toContain('Скачать YAML')
  expect((await page.get('/forms/none')).status).toBe(404)
  expect((await world.page('dobronravova').get('/forms/t-1')).status).toBe(403)
})

it('faults of a YAML file come with line and position', async () => {
  const { status, body } = await publish({ yaml: yaml.replace('[1][101][4]', '[1][109][4]') })
  expect(status).toBe(422)
  expect(body.params.problems).toMatchObject([
    { code: 'unknown-row', control: '1', line: 11, text: 'Строки 109 в разделе 1 нет.' },
  ])
  const broken = await publish({ yaml: `${yaml}colour: red\n` })
  expect(broken.body.params.problems).toMatchObject([
    { line: 12, position: 1, text: 'Слово «colour» здесь непонятно.' },
  ])
})

it('a period takes the version that is in force on its last day, and versions are compared', async () => {
  const second = yaml
    .replace('name: Проба\n', 'name: Проба\nvalidFrom: 2027-01-01\nrenamed: {1/101: 1/102}\n')
    .replace('code: 101, name: первая', 'code: 102, name: первая')
    .replaceAll('[101]', '[102]')
  expect((await publish({ yaml: second })).body).toMatchObject({ form: { version: 2 } })
  const { versions } = (await world.as('orlova').get('/forms/t-1/versions')).body
  expect(versions).toMatchObject([
    { number: 2, validFrom: '2027-01-01', validTo: null },
    { number: 1, validFrom: null },
  ])
  const form = await findFormByCode(world.db, 't-1')
  const versionOf = (year: number) =>
    world.db
      .transaction()
      .execute((tx) => versionFor(tx as never, form?.id ?? '', { year, periodKind: 1, periodNumber: 1 }))
  expect(await versionOf(2026)).toBe(versions[1].id)
  expect(await versionOf(2027)).toBe(versions[0].id)
  expect(await listRenamed(world.db, versions[1].id, versions[0].id)).toEqual([{ '1/101': '1/102' }])

  const { differences } = (await world.as('orlova').get('/forms/t-1/comparison')).body
  expect(differences).toContainEqual({ kind: 'row', place: 'Раздел 1, строка 101', before: 'первая', after: null })
  expect(differences).toContainEqual({ kind: 'extension', place: 'Переименование 1/101', before: null, after: '1/102' })
  expect((await world.page('orlova').get('/forms/t-1/comparison')).html).toContain('убрано')
})

it('a form that names another looks it up among those published', async () => {
  const pulling = (cell: string) =>
    `${yaml.replace('t-1', 't-2').replace('Т-1', 'Т-2')}pulls: [{cell: 1/101/3, source: {kind: form, form: 85-к, cell: ${cell}}}]\n`
  const { body } = await publish({ yaml: pulling('7/999/3') })
  expect(body.params.problems).toMatchObject([
    { code: 'bad-extension', line: 12, text: 'Ячейки 7/999/3 в форме «85-к» нет.' },
  ])
  expect((await publish({ yaml: pulling('7/701/3') })).status).toBe(201)
})

it('pulls and references that lead nowhere are refused, each with its place', async () => {
  const text = `${yaml
    .replace('t-1', 't-3')
    .replace('Т-1', 'Т-3')
    .replace('{[1][101][4]}', '{НЕТ:[1][101][3]}')
    .replace('{code: 101, name: первая}', '{code: 101, name: первая}, {code: 201, name: записи, repeats: true}')}pulls:
  - {cell: 1/101/3, source: {kind: form, form: НЕТ, cell: 1/101/3}}
  - {cell: 1/101/4, source: {kind: organisation, field: okpoo}}
  - {cell: title/okpo, source: {kind: organisation, field: okpo}}
  - {cell: 1/201/3, source: {kind: organisation, field: okpo}}
`
  const { status, body } = await publish({ yaml: text })
  expect(status).toBe(422)
  const told = body.params.problems.map(({ line, text: words }: { line: number; text: string }) => `${line} ${words}`)
  expect(told).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^11 Формы «НЕТ» нет среди опубликованных/),
      expect.stringMatching(/^13 Формы «НЕТ» нет среди опубликованных/),
      expect.stringMatching(/^14 Реквизита «okpoo» у организаций нет: бывают okpo, inn/),
      expect.stringMatching(/^15 Титульный лист не подтягивается/),
      expect.stringMatching(/^16 Строка 201 повторяется, в неё не подтягивают/),
    ]),
  )
})
